import CatalogLint
import CatalogModel
import Foundation
import SourceDiagnostics
import Testing

/// What an independent JSON Schema validator says about texts; by Python with `jsonschema` and `PyYAML`, where they are
/// there. `FLOWGLASS_PYTHON` names an interpreter that has them.
private enum Validator {
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let python = ProcessInfo.processInfo.environment["FLOWGLASS_PYTHON"] ?? "python3"

    static let isThere: Bool = (try? run(["-c", "import jsonschema, yaml"], input: Data()))?.status == 0

    /// One line for each text: `valid`, or what is wrong.
    static func verdicts(_ texts: [String]) throws -> [String] {
        let request = try JSONSerialization.data(withJSONObject: [
            "schema": try JSONSerialization.jsonObject(with: Data(completeCatalogSchema().text().utf8)), "texts": texts,
        ])
        let script = repository.appending(path: "Tests/Schema/validate.py").path(percentEncoded: false)
        let result = try run([script], input: request)
        try #require(result.status == 0, "the validator failed")
        let lines = result.output.split(separator: "\n").map(String.init)
        try #require(lines.count == texts.count)
        return lines
    }

    private static func run(_ arguments: [String], input: Data) throws -> (status: Int32, output: String) {
        // Through files: a pipe that is full on both ends would wait for itself.
        let folder = FileManager.default.temporaryDirectory.appending(path: "flowglass-schema-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try input.write(to: folder.appending(path: "in"))
        try Data().write(to: folder.appending(path: "out"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python] + arguments
        process.standardInput = try FileHandle(forReadingFrom: folder.appending(path: "in"))
        process.standardOutput = try FileHandle(forWritingTo: folder.appending(path: "out"))
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let output = try Data(contentsOf: folder.appending(path: "out"))
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}

@Suite struct `catalog schema and a validator` {
    /// Whether the reader itself finds a file's structure wrong, as far as a schema can see it.
    private func isWrong(_ text: String) -> Bool {
        lint(loadCatalog(texts: [(path: "a.yaml", text: text)]), settings: `rule examples`.settings).contains {
            ["unknown-key", "wrong-type", "missing-key", "invalid-value"].contains($0.rule)
        }
    }

    @Test func `the page of the schema is up to date`() throws {
        let page = Validator.repository.appending(path: "Documentation/catalog.schema.json")
        let text = try? String(contentsOf: page, encoding: .utf8)
        #expect(text == completeCatalogSchema().text() + "\n", "mend it with: make docs")
    }

    @Test(.enabled(if: Validator.isThere))
    func `the sample catalog is valid, and every file of it names the schema`() throws {
        let folder = Validator.repository.appending(path: "catalog")
        let names = try #require(FileManager.default.enumerator(atPath: folder.path(percentEncoded: false)))
        let files = names.compactMap { $0 as? String }.filter { $0.hasSuffix(".yaml") }.sorted()
        #expect(files.count > 10)
        let texts = try files.map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
        for (file, text) in zip(files, texts) {
            let up = String(repeating: "../", count: file.split(separator: "/").count)
            #expect(
                text.hasPrefix("# yaml-language-server: $schema=\(up)Documentation/catalog.schema.json\n"), "\(file)")
        }
        let verdicts = try Validator.verdicts(texts)
        #expect(zip(files, verdicts).filter { $1 != "valid" }.map { "\($0): \($1)" } == [])
    }

    @Test(.enabled(if: Validator.isThere))
    func `the schema takes what the reader takes, and refuses what it refuses`() throws {
        let examples = allRules.filter { $0.name != "stale-baseline" && $0.name != "syntax-error" }
            .flatMap { $0.good + $0.bad }.map { MarkedCatalog($0, path: "").text }
        let texts = examples + Self.right + Self.wrong
        for (text, verdict) in zip(texts, try Validator.verdicts(texts)) {
            #expect((verdict != "valid") == isWrong(text), "\(verdict) is what the schema says to:\n\(text)")
        }
        #expect(Self.right.filter(isWrong) == [])
        #expect(Self.wrong.filter { !isWrong($0) } == [])
    }

    private static let right = [
        "services: { a: }\ntopics:\n", "services: { 주문: { telemetry-names: [주문-api, 7], tags: } }",
        "topics: { t: { deprecated: { since: 2025-01-01, sunset: 2026-12-31 }, retention: 7d } }",
        "queues: { q: { needs: [fan-out], max-receives: 3, visibility-timeout: 30s } }",
        "services: { a: { subscribes: [{ channel: t, needs: [ordering, { within: 5s }] }] } }",
        "services: { a: { subscribes: [{ channel: t, needs: durable }] } }",
        "services: { a: { publishes: [{ channel: t, awaits: { reply: r } }] } }",
        "flows: { f: { steps: [a calls b, { from: a, handles: t, optional: true }] } }",
        "lint: { all: off, deep-sync-chain: { max-calls: 4, severity: info, paths: { 'a/**': off } } }",
        "x: &x { owner: a }\n".replacing("x: ", with: "messages:\n  m: ") + "  n:\n    <<: *x\n    title: n\n",
        "messages: { m: { example: { any: [1, true, null] } } }",
    ]

    private static let wrong = [
        "sevices: {}", "services: []", "services: { a: { onwer: x } }", "services: { a: { replicas: many } }",
        "services: { a: { replicas: -1 } }", "services: { a: { kind: robot } }", "brokers: { main: }",
        "brokers: { main: { system: kafkaa } }", "services: { a: { calls: [{ protocol: rest }] } }",
        "services: { a: { calls: [{ service: b, timeout: 5 }] } }", "topics: { t: { retention: 5 days } }",
        "topics: { t: { needs: [speed] } }", "topics: { t: { deprecated: { sunset: soon } } }",
        "services: { a: { subscribes: [{ channel: t, idempotent: 'true' }] } }",
        "services: { a: { publishes: [{ channel: t, awaits: { every: 1s } }] } }",
        "services: { a: { publishes: [{ channel: t, awaits: { reply: r, polls: b } }] } }",
        "flows: { f: { steps: [a does b] } }", "flows: { f: { steps: [{ from: a }] } }",
        "flows: { f: { steps: [{ from: a, calls: b, handles: t }] } }", "services: { ' a': {} }",
        "lint: { missing-ovner: off }", "lint: { missing-owner: { max: 3 } }", "lint: { missing-owner: loud }",
        "lint: { unknown-key: off }", "topics: { t: { delivers-to: q } }", "services: { a: { title: } }",
    ]
}
