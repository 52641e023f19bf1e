import CatalogModel
import Testing

@testable import LanguageServer

/// `‸` is the cursor.
@Suite struct CursorContextTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        /// `services/order/publishes/-`, then `key`, `value` or both, then what is typed.
        var expected: String?
        var siblings: Set<String> = []
        var testDescription: String { text }
    }

    static let cases: [Case] = [
        Case(text: "‸", expected: " key "),
        Case(text: "ser‸", expected: " key ser"),
        Case(text: "services:\n  order:\n    ‸", expected: "services/order key value "),
        Case(text: "services:\n  order:\n    ow‸", expected: "services/order key value ow"),
        Case(
            text: "services:\n  order:\n    title: x\n    ow‸\n    kind: gateway\n  other: {}",
            expected: "services/order key value ow", siblings: ["title", "kind"]),
        Case(text: "services:\n  order:\n    kind: gate‸", expected: "services/order/kind value gate"),
        Case(text: "services:\n  order:\n    kind: ‸", expected: "services/order/kind value "),
        Case(
            text: "services:\n  order:\n    publishes:\n      - ‸",
            expected: "services/order/publishes/- key value "),
        Case(
            text: "services:\n  order:\n    publishes:\n      - ord‸",
            expected: "services/order/publishes/- key value ord"),
        Case(
            text: "services:\n  order:\n    publishes:\n    - ord‸",
            expected: "services/order/publishes/- key value ord"),
        Case(
            text: "services:\n  order:\n    publishes:\n    - a\n    - b\n    ‸",
            expected: "services/order key value ",
            siblings: ["publishes"]),
        Case(
            text: "services:\n  order:\n    calls:\n      - service: pay‸",
            expected: "services/order/calls/-/service value pay"),
        Case(
            text: "services:\n  order:\n    calls:\n      - service: pay\n        ti‸",
            expected: "services/order/calls/- key value ti", siblings: ["service"]),
        Case(
            text:
                "services:\n  order:\n    calls:\n      - service: a\n        timeout: 1s\n      - pro‸\n        timeout: 2s",
            expected: "services/order/calls/- key value pro", siblings: ["timeout"]),
        Case(text: "services:\n  order: { pub‸", expected: "services/order key pub"),
        Case(text: "services:\n  order: { kind: ‸ }", expected: "services/order/kind value "),
        Case(
            text: "services:\n  order: { publishes: [a, b‸] }",
            expected: "services/order/publishes/- value b"),
        Case(
            text: "services:\n  order: { publishes: [{ channel: a, ‸, key: k }] }",
            expected: "services/order/publishes/- key ", siblings: ["channel", "key"]),
        Case(
            text: "services:\n  order: {\n    kind: gateway,\n    publishes: [a,\n      주문‸\n",
            expected: "services/order/publishes/- value 주문"),
        Case(text: "services:\n  '주문 서비스':\n    ki‸", expected: "services/주문 서비스 key value ki"),
        Case(text: "services:\n  a: { x: '[{', ‸", expected: "services/a key ", siblings: ["x"]),
        Case(text: "services:\n  a:\n    description: |\n      text\n      topics: ‸", expected: nil),
        Case(
            text: "services:\n  a:\n    description: |\n      text\n\n      more: {[\n    ow‸",
            expected: "services/a key value ow", siblings: ["description"]),
        Case(text: "services: # com‸", expected: nil),
        Case(text: "# com‸", expected: nil),
        Case(
            text: "flows:\n  f:\n    steps:\n      - order publishes or‸",
            expected: "flows/f/steps/- key value order publishes or"),
        Case(
            text: "flows:\n  f: { steps: [order publishes or‸",
            expected: "flows/f/steps/- value order publishes or"),
        Case(text: "lint:\n  missing-owner: o‸", expected: "lint/missing-owner value o"),
        Case(text: "lint:\n  mis‸", expected: "lint key value mis"),
        Case(text: "topics:\n  a: {}\n---\nqueues:\n  b: { ‸ }", expected: "queues/b key "),
        Case(
            text: "topics:\r\n  a:\r\n    ti‸\r\n    broker: kafka\r\n",
            expected: "topics/a key value ti", siblings: ["broker"]),
        Case(text: "topics:\n  a: &x { broker: k‸ }", expected: "topics/a/broker value k"),
        Case(text: "topics:\n  a:\n    tit‸: old", expected: "topics/a key value tit"),
        Case(
            text: "topics:\n  a: { broker: kafka }\n  ‸", expected: "topics key value ", siblings: ["a"]),
    ]

    @Test(arguments: cases)
    func `the cursor knows where it is`(example: Case) throws {
        let parts = example.text.split(separator: "‸", omittingEmptySubsequences: false)
        try #require(parts.count == 2)
        let document = TextDocument(Array(parts.joined().utf8))
        let context = CursorContext(document, offset: parts[0].utf8.count)
        let described = context.map { context in
            let path = context.path.map { step in if case .key(let name) = step { name } else { "-" } }
            let modes = (context.isKey ? ["key"] : []) + (context.isValue ? ["value"] : [])
            return "\(path.joined(separator: "/")) \(modes.joined(separator: " ")) \(context.prefix)"
        }
        #expect(described == example.expected)
        if let context, context.isKey { #expect(context.siblings == example.siblings) }
    }

    @Test func `every cut of a file, at every place, has an answer`() {
        let text = """
            # 한글 🎫
            services:
              주문: { kind: gateway, calls: [{ service: 'a: b', needs: "x" }], publishes: [a.b] }
              b:
                description: >
                  text: [
                subscribes:
                - channel: a.b
                  needs: { within: 5s }
            ---
            flows: { f: { steps: [주문 publishes a.b] } }
            """
        let bytes = Array(text.utf8)
        for end in 0...bytes.count {
            let document = TextDocument(Array(bytes[..<end]))
            _ = CursorContext(document, offset: end)
            _ = CursorContext(TextDocument(bytes), offset: end)
        }
    }

    @Test func `deep brackets are not followed for ever`() {
        let text = "a: " + String(repeating: "[{", count: 100_000)
        #expect(CursorContext(TextDocument(Array(text.utf8)), offset: text.utf8.count) == nil)
    }
}
