import CatalogModel
import Foundation
import SourceDiagnostics
import Testing

@Suite struct `hostile files` {
    private func diagnostics(_ text: String) -> [Diagnostic] {
        loadCatalog(texts: [(path: "a.yaml", text: text)]).diagnostics
    }

    private func diagnostics(_ bytes: [UInt8]) throws -> [Diagnostic] {
        let folder = try ScratchFolder()
        try folder.write("a.yaml", Data(bytes))
        return try loadCatalog(at: folder.path + "/a.yaml").diagnostics
    }

    @Test func `an alias bomb in an unknown key costs nothing`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            text +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
        }
        #expect(diagnostics(text).allSatisfy { $0.rule == "unknown-key" })
    }

    @Test func `an alias bomb where the language allows values is a located error`() {
        var text =
            "topics: { x: {} }\nservices:\n  a:\n    publishes: &p ["
            + Array(repeating: "x", count: 1000).joined(separator: ", ") + "]\n"
        for index in 0..<5000 { text += "  s\(index): { publishes: *p }\n" }
        let found = diagnostics(text)
        #expect(found.map(\.rule) == ["syntax-error"])
        #expect(
            found.first?.message == "the file's aliases expand to over 100000 more values, which is too many to read")
        #expect((found.first?.span?.line ?? 0) > 3)
    }

    @Test func `a huge text repeated through aliases is bounded, too`() {
        var text = "services:\n  a: { description: &d \"" + String(repeating: "x", count: 1_000_000) + "\" }\n"
        for index in 0..<20_000 { text += "  s\(index): { description: *d }\n" }
        #expect(diagnostics(text).map(\.rule) == ["syntax-error"])
    }

    @Test func `a chain of merge keys does not exhaust the stack`() {
        var text = "services:\n  s0: &m0 { title: x }\n"
        for index in 1..<20_000 { text += "  s\(index): &m\(index) { <<: *m\(index - 1) }\n" }
        let loaded = loadCatalog(texts: [(path: "a.yaml", text: text)])
        #expect(loaded.catalog.service(named: "s3")?.documentation.title == "x")
    }

    @Test(arguments: ["[", "{a: ", "- ", "? "])
    func `deep nesting is a located error`(opening: String) {
        let found = diagnostics(String(repeating: opening, count: 100_000))
        #expect(found.contains { $0.rule == "syntax-error" && $0.span != nil })
    }

    @Test func `an alias inside its own anchor is an error at the alias`() {
        let found = diagnostics("services: &all\n  a: *all\n")
        #expect(found.map(\.message) == ["the alias '*all' stands inside its own anchor"])
        #expect(found.first?.span?.column == 6)
    }

    @Test func `an alias without an anchor is an error`() {
        #expect(
            diagnostics("services: *nothing\n").map(\.message) == [
                "the alias '*nothing' has no anchor '&nothing' above it"
            ])
    }

    @Test func `text that is not UTF-8 is located, and the rest is read`() throws {
        let found = try diagnostics(
            Array("services:\n  한 a\u{0}: {}\n  b: { titel: x }\n".utf8.map { $0 == 0 ? 0xE9 : $0 }))
        #expect(found.map(\.rule) == ["syntax-error", "unknown-key"])
        #expect(found[0].message == "byte 0xE9 is not UTF-8")
        #expect(found[0].span?.line == 2)
        #expect(found[0].span?.column == 6)
    }

    @Test func `UTF-16 and files over the limit are named`() throws {
        #expect(try diagnostics([0xFF, 0xFE, 0x61, 0]).map(\.message) == ["the file is in UTF-16, not UTF-8"])
        let huge = [UInt8](repeating: UInt8(ascii: "#"), count: 4 << 20 | 1)
        #expect(try diagnostics(huge).map(\.message) == ["the file is larger than 4 MiB"])
    }

    @Test func `a byte order mark and CR LF change no column`() throws {
        let found = try diagnostics([0xEF, 0xBB, 0xBF] + Array("services:\r\n  a:\r\n    titel: x\r\n".utf8))
        #expect(found.map(\.span?.line) == [3])
        #expect(found.map(\.span?.column) == [5])
        #expect(found.map(\.span?.endColumn) == [10])
    }

    @Test func `names with control characters are refused`() {
        let found = diagnostics("services:\n  \"a\\e[2J\": {}\n  \"\u{202E}abc\": {}\n  \" x\": {}\n  \"\": {}\n")
        #expect(
            found.map(\.message) == [
                "the name of a service holds a control character, U+001B",
                "the name of a service holds a control character, U+202E",
                "the name of a service starts or ends with a blank", "the name of a service is empty",
            ])
    }

    @Test func `numbers that do not fit are errors, not traps`() {
        let text = """
            services:
              a:
                replicas: 99999999999999999999999
                calls:
                  - { service: a, timeout: 99999999999999999999d }
                  - { service: a, timeout: 9223372036854775807d }
                  - { service: a, timeout: 9223372036854775807ms, retries: -1 }
            """
        #expect(diagnostics(text).map(\.rule) == ["wrong-type", "invalid-value", "invalid-value", "invalid-value"])
    }

    @Test func `a hundred thousand wrong keys are found in time`() {
        let text = "services: {}\n" + (0..<100_000).map { "key\($0): x\n" }.joined()
        #expect(diagnostics(text).count == 100_000)
    }

    @Test(arguments: ["se{}\n---\n}}", "a\n--- }", "--- }", "- a\n--- &x\n}", "a: b\n---\n? ]", "[a]: }"])
    func `an error before a document's first value is an error and no more`(text: String) {
        #expect(diagnostics(text).contains { $0.rule == "syntax-error" })
    }

    @Test func `every prefix of a catalog is read without a crash`() {
        let text = Array(
            """
            x: &a {b: [1, "두\\n", 'c''d']}
            services: !!map
              주문: { <<: *a, description: | , publishes: [a, {channel: b}] }
              b:
                description: >-
                  folded
                  text
                calls: [{service: 주문, needs: ~}]
            flows: {f: {steps: ["주문 publishes b", {from: b, handles: c}]}}
            """.utf8)
        for count in text.indices {
            _ = loadCatalog(texts: [(path: "a.yaml", text: String(decoding: text[..<count], as: UTF8.self))])
        }
    }
}
