import CatalogModel
import SourceDiagnostics
import Testing

@Suite struct CatalogInsertionTests {
    private func adding(_ additions: CatalogAddition..., to text: String) -> String {
        let insertion = CatalogInsertion(SourceFile(path: "catalog.yaml", text: text), adding: additions)
        #expect(insertion.left.isEmpty)
        return String(decoding: insertion.source.bytes, as: UTF8.self)
    }

    private static let mail = CatalogAddition(
        section: .services, name: "mail", lists: [(key: "subscribes", items: ["b"])])

    @Test(arguments: [
        // A list in brackets, with and without something in it.
        ("services:\n  mail: { subscribes: [a] }\n", "services:\n  mail: { subscribes: [a, b] }\n"),
        ("services:\n  mail: { subscribes: [] }\n", "services:\n  mail: { subscribes: [b] }\n"),
        ("services:\n  mail: {subscribes: [a,]}\n", "services:\n  mail: {subscribes: [a, b]}\n"),
        // A list of lines, with comments and a block below it.
        (
            "services:\n  mail:\n    subscribes:\n      - a   # why\n      # more\n    owner: x\n",
            "services:\n  mail:\n    subscribes:\n      - a   # why\n      - b\n      # more\n    owner: x\n"
        ),
        (
            "services:\n  mail:\n    subscribes:\n    - channel: a\n      group: g\n",
            "services:\n  mail:\n    subscribes:\n    - channel: a\n      group: g\n    - b\n"
        ),
        (
            "services:\n  mail:\n    subscribes:\n      - channel: a\n        needs: {\n          within: 5s }\n",
            "services:\n  mail:\n    subscribes:\n      - channel: a\n        needs: {\n          within: 5s }\n      - b\n"
        ),
        // No list yet.
        ("services:\n  mail: {}\n", "services:\n  mail: { subscribes: [b] }\n"),
        ("services:\n  mail: { owner: x }\n", "services:\n  mail: { owner: x, subscribes: [b] }\n"),
        ("services:\n  mail:\n", "services:\n  mail:\n    subscribes: [b]\n"),
        (
            "services:\n  mail: # to come\n  next: {}\n",
            "services:\n  mail: # to come\n    subscribes: [b]\n  next: {}\n"
        ),
        (
            "services:\n    mail:\n        description: |\n            two\n            lines\n\n\ntopics: {}\n",
            "services:\n    mail:\n        description: |\n            two\n            lines\n        subscribes: [b]\n\n\ntopics: {}\n"
        ),
        (
            "services:\n  mail:\n    subscribes:\n    owner: x\n",
            "services:\n  mail:\n    subscribes: [b]\n    owner: x\n"
        ),
        // No definition yet.
        ("services:\n  order: {}\n# end\n", "services:\n  order: {}\n  mail: { subscribes: [b] }\n# end\n"),
        ("services: { order: {} }\n", "services: { order: {}, mail: { subscribes: [b] } }\n"),
        ("services: {}\n", "services: { mail: { subscribes: [b] } }\n"),
        ("services:\n\ntopics: {}\n", "services:\n  mail: { subscribes: [b] }\n\ntopics: {}\n"),
        // No section yet, no line break at the end, no text at all, line ends of another system.
        ("topics:\n  a: {}", "topics:\n  a: {}\n\nservices:\n  mail: { subscribes: [b] }\n"),
        ("services:\n  order: {}", "services:\n  order: {}\n  mail: { subscribes: [b] }\n"),
        ("", "services:\n  mail: { subscribes: [b] }\n"),
        ("topics:\r\n  a: {}\r\n", "topics:\r\n  a: {}\r\n\r\nservices:\r\n  mail: { subscribes: [b] }\r\n"),
        ("  topics:\n    a: {}\n", "  topics:\n    a: {}\n\n  services:\n    mail: { subscribes: [b] }\n"),
        ("topics:\n  a: {}\n...\n", "topics:\n  a: {}\n\nservices:\n  mail: { subscribes: [b] }\n...\n"),
        ("# nothing yet\n", "# nothing yet\n\nservices:\n  mail: { subscribes: [b] }\n"),
        ("services:\r\n  order: {}\r\n", "services:\r\n  order: {}\r\n  mail: { subscribes: [b] }\r\n"),
        // Brackets over several lines.
        (
            "services:\n  mail:\n    subscribes: [\n      a, # why\n    ]\n",
            "services:\n  mail:\n    subscribes: [\n      a, b, # why\n    ]\n"
        ),
        (
            "services:\n  mail:\n    subscribes: [\n      { channel: a } # why\n    ]\n",
            "services:\n  mail:\n    subscribes: [\n      { channel: a }, b # why\n    ]\n"
        ),
    ])
    func `an item goes where its like is, and the rest stays as it was`(before: String, after: String) {
        let result = adding(Self.mail, to: before)
        #expect(result == after)
        #expect(
            !loadCatalog(texts: [("catalog.yaml", result + "\n# end\n")]).diagnostics.contains {
                $0.rule == "syntax-error"
            })
    }

    @Test(arguments: [
        "services:\n  base: &b { owner: x }\n  mail: *b\n", "services:\n  mail:\n    subscribes: nothing\n",
        "asyncapi: 3.0.0\n", "services:\n  mail: [1\n", "a: 1\n---\nb: 2\n",
    ])
    func `what cannot be added to is left alone`(text: String) {
        let insertion = CatalogInsertion(SourceFile(path: "catalog.yaml", text: text), adding: [Self.mail])
        #expect(String(decoding: insertion.source.bytes, as: UTF8.self) == text)
        #expect(insertion.left == [Self.mail])
    }

    @Test func `names of every kind read back as they were`() {
        let names = [
            "order.completed", "주문.완료", "true", "No", "~", "null", "3.0", "0x1f", "a: b", "a #b", "- a", "[a]", "{a}",
            "it's", "\"quoted\"", "back\\slash", "tab\there", "line\nbreak", "\u{0007}bell", "\u{202E}evil", "", " ",
            "a,b",
            "@at", "`tick`", "%", "!tag", "&anchor", "*alias", "|", ">", "?", ":", "-", "<<", "emoji 🎫", "\u{FEFF}bom",
            "reply.{uuid}", "2026-01-15", "1e3", "a\u{85}b", "a\u{2028}b", "ﬁ", "İ",
        ]
        for name in names {
            let text = "topics:\n  x: { telemetry-names: [\(yamlScalar(name))] }\n"
            let loaded = loadCatalog(texts: [("catalog.yaml", text)])
            #expect(loaded.catalog.channels.first?.telemetryNames.map(\.value) == [name], "\(text)")
        }
        #expect(["order.completed", "주문.완료", "a_b-c/d"].map(yamlScalar) == ["order.completed", "주문.완료", "a_b-c/d"])
    }
}
