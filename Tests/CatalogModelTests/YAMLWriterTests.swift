import SourceDiagnostics
import Testing

@testable import CatalogModel

@Suite struct YAMLWriterTests {
    @Test func `maps, lists and comments, whole`() {
        let value = YAMLValue.map([
            (
                "services",
                .map([
                    (
                        "주문",
                        .commented(
                            ["taken over", "in part"],
                            .map([
                                (
                                    "publishes",
                                    .list([.text("a"), .map([("channel", .text("b")), ("outbox", .bool(true))])])
                                ),
                                ("replicas", .number(3)), ("calls", .list([])), ("empty", .map([])),
                            ]))
                    )
                ])
            )
        ])
        #expect(
            value.document == """
                services:
                  # taken over
                  # in part
                  주문:
                    publishes:
                      - a
                      - { channel: b, outbox: true }
                    replicas: 3
                    calls: []
                    empty: {}

                """)
    }

    @Test(arguments: [
        "", " ", "a", "주문", "true", "Null", "~", "1", "01", "1e3", "0x1F", "1:30", "2026-01-01", "a: b", "a #b", "#a",
        "- a",
        "? a", "@a", "`a`", "%a", "&a", "*a", "!a", "|", ">", "[a]", "{a}", "a, b", "\"", "'", "\\", "a\nb", "a\r\nb",
        "a\tb",
        "a ", " a", "on", "y", "=", "<<", ".", "..", "-", "--- a", "...", "a\u{0}b", "a\u{1B}b", "a\u{85}b",
        "a\u{2028}b",
        "a\u{202E}b", "\u{FEFF}a", "🚀", "e\u{301}", "a/b", "a(b)", "null", "NaN", ".inf", "é", "orders.*", "C:\\x",
    ])
    func `every text reads back as it was`(text: String) {
        let document = YAMLValue.map([(text, .list([.text(text), .map([("k", .text(text))])]))]).document
        let tree = YAMLTree(parsing: Array(document.utf8))
        #expect(tree.problem == nil, "\(document)")
        let root = tree.documents[0]
        let pair = tree.pairs(root)[0]
        #expect(tree.string(pair.key).unicodeScalars.elementsEqual(text.unicodeScalars))
        let elements = tree.elements(pair.value)
        #expect(tree.string(elements[0]).unicodeScalars.elementsEqual(text.unicodeScalars))
        // Only text that no reader takes for something else stands bare.
        #expect(!tree.isNull(elements[0]))
        #expect(tree.text(of: "k", in: elements[1])?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
    }
}
