import Foundation
import OTLPCoding
import Testing

@testable import TraceIngest

/// Corpora that are not part of the repository: in the folder that `FLOWGLASS_SHARED` names, or beside the repository.
private let corpora: URL? = {
    if let folder = ProcessInfo.processInfo.environment["FLOWGLASS_SHARED"] { return URL(filePath: folder) }
    let repository = (0..<3).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    let folder = repository.deletingLastPathComponent().appending(path: "shared/corpora")
    return FileManager.default.fileExists(atPath: folder.path()) ? folder : nil
}()

@Suite(.enabled(if: corpora != nil)) struct `OTLP corpus` {
    private struct Entry: Decodable {
        var file: String
        var content_type: String
        var expect_http: Int
        var encoding: String?
        var rejected: Int?
        var spans: Int?
    }

    @Test func `every case of the manifest is answered as it says`() async throws {
        let folder = try #require(corpora).appending(path: "otlp/generated")
        let entries = try JSONDecoder().decode(
            [Entry].self, from: Data(contentsOf: folder.appending(path: "manifest.json")))
        try #require(entries.count > 40)
        let sink = RecordingSink()
        let server = try await IngestServer.start(.otlpHTTP, address: "127.0.0.1", port: 0, sink: sink)
        for entry in entries {
            let body = try [UInt8](Data(contentsOf: folder.appending(path: entry.file)))
            let coding = entry.encoding.map { "Content-Encoding: \($0)\r\n" } ?? ""
            let before = (sink.spans, server.counters.rejectedSpans)
            let client = try RawClient(port: server.port)
            client.send(Sample.post(body, type: entry.content_type, headers: coding))
            let answer = try #require(client.answer(), "\(entry.file)")
            #expect(answer.status == entry.expect_http, "\(entry.file): \(answer.text)")
            #expect(answer.type == entry.content_type, "\(entry.file)")
            if let spans = entry.spans { #expect(sink.spans - before.0 == spans, "\(entry.file)") }
            #expect(server.counters.rejectedSpans - before.1 == entry.rejected ?? 0, "\(entry.file)")
            if let rejected = entry.rejected, entry.content_type.hasSuffix("json") {
                #expect(answer.text.contains(#""rejectedSpans":"\#(rejected)""#), "\(entry.file)")
            }
        }
        await server.shutdown()
    }
}
