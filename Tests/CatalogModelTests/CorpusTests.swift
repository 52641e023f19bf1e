import CatalogModel
import Foundation
import SourceDiagnostics
import Testing

/// Documents of others, where they are at hand beside the repository.
private enum Corpora {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/corpora")
        .path(percentEncoded: false)
    static let isThere = FileManager.default.fileExists(atPath: folder + "/facts.json")

    static func files(below name: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: "\(folder)/\(name)")?.compactMap { $0 as? String } ?? []
        return names.sorted().filter { name in
            [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
        }.map { "\(name)/\($0)" }
    }

    /// What is known of a document without reading it as a catalog.
    struct Fact: Decodable {
        var asyncapi: String?
        var channels: Int?
        var publish: Int?
        var subscribe: Int?
        var send: Int?
        var receive: Int?
        var external_refs: Int?
    }

    static func facts() throws -> [String: Fact] {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/facts.json"))
        return try JSONDecoder().decode([String: Fact].self, from: data)
    }
}

@Suite(.enabled(if: Corpora.isThere))
struct `documents of others` {
    @Test(arguments: ["asyncapi2", "asyncapi3", "asyncapi-invalid", "real-world", "yaml", "eventcatalog"])
    func `every file loads, or is refused with a located sentence`(name: String) throws {
        let files = Corpora.files(below: name)
        #expect(!files.isEmpty)
        for file in files {
            let loaded = try loadCatalog(at: Corpora.folder + "/" + file)
            for finding in loaded.diagnostics where finding.severity == .error {
                let span = try #require(finding.span, "\(file): \(finding.message)")
                #expect(span.line >= 1 && span.column >= 1 && !finding.message.isEmpty, "\(file)")
                #expect(loaded.sources.contains { $0.path == span.file } || span.line == 1, "\(file)")
            }
        }
    }

    @Test func `an AsyncAPI document has the channels and directions that it says`() throws {
        var seen = 0
        for (path, fact) in try Corpora.facts().sorted(by: { $0.key < $1.key }) {
            guard fact.asyncapi != nil, fact.external_refs == 0 else { continue }
            let loaded = try loadCatalog(at: Corpora.folder + "/" + path)
            #expect(loaded.diagnostics.filter { $0.severity == .error } == [], "\(path)")
            let service = try #require(loaded.catalog.services.first, "\(path)")
            #expect(loaded.catalog.services.count == 1, "\(path)")
            #expect(loaded.catalog.channels.count == fact.channels, "\(path)")
            let text = String(decoding: loaded.sources.first?.bytes ?? [], as: UTF8.self)
            // What others publish is what the application of 2.x receives. Replies are edges of their own.
            let hasReplies = text.contains("reply:") || text.contains("\"reply\"")
            let (sent, received) = (fact.send ?? fact.subscribe ?? 0, fact.receive ?? fact.publish ?? 0)
            if hasReplies {
                #expect(service.publishes.count >= sent && service.subscribes.count >= received, "\(path)")
            } else {
                #expect(service.publishes.count == sent, "\(path)")
                #expect(service.subscribes.count == received, "\(path)")
            }
            seen += 1
        }
        #expect(seen > 50)
    }

    @Test func `an application whose parts lie in several files is read from their common folder`() throws {
        for version in ["asyncapi2/v2.6", "asyncapi3/v3.0", "asyncapi3/v3.1"] {
            let loaded = try loadCatalog(at: "\(Corpora.folder)/\(version)/social-media")
            #expect(loaded.diagnostics.filter { $0.severity == .error }.map(\.message) == [], "\(version)")
            #expect(loaded.catalog.services.count == 5, "\(version)")
            let shared = loaded.catalog.channels.first {
                $0.name == "comment/liked" || $0.name.hasPrefix("comment/liked")
            }
            #expect(
                loaded.catalog.services.filter { service in
                    (service.publishes.map(\.channel.value) + service.subscribes.map(\.channel.value))
                        .contains(shared?.name ?? "")
                }.count > 1, "\(version): documents that name one channel meet at it")
        }
    }
}
