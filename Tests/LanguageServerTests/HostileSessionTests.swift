import SourceDiagnostics
import Testing

@testable import LanguageServer

@Suite struct HostileSessionTests {
    private static let text = """
        # 한글 🎫
        services:
          주문: { kind: gateway, calls: [{ service: 'mail' }], publishes: [{ channel: a.b, message: m@1 }] }
          mail:
            description: |
              text: [
            subscribes:
            - channel: a.b
              needs: { within: 5s }
        topics: { a.b: &x { broker: kafka, delivers-to: [q] }, c: *x }
        queues: { q: {} }
        messages: { m: { version: '1', schema: m.json } }
        flows: { f: { steps: [주문 publishes a.b, "mail handles a.b"] } }
        lint: { missing-owner: off }
        """

    private static let positional = [
        "textDocument/hover", "textDocument/completion", "textDocument/definition", "textDocument/references",
        "textDocument/documentHighlight", "textDocument/prepareRename", "textDocument/rename",
    ]
    private static let whole = ["textDocument/documentSymbol", "textDocument/documentLink", "textDocument/codeAction"]

    @Test(arguments: 1...4)
    func `nothing that is typed, and no position, ends the session`(seed: UInt64) {
        var dice = seed &* 0x9E37_79B9_7F4A_7C15
        func roll(_ sides: Int) -> Int {
            dice ^= dice << 13
            dice ^= dice >> 7
            dice ^= dice << 17
            return Int(dice % UInt64(max(sides, 1)))
        }
        let client = Client([("a.yaml", Self.text), ("b.yaml", "services: { other: { calls: [mail] } }")])
        client.start(encodings: [["utf-8"], ["utf-16"], ["utf-32"]][roll(3)])
        client.open("a.yaml", Self.text)
        let pieces = [
            "{", "}", "[", "]", ":", " ", "\n", "\r\n", "- ", "'", "\"", "|", "#", "&x ", "*x", "🎫", "한", "\t", "",
        ]
        for version in 2...120 {
            let (line, column) = (roll(20), roll(60))
            let end: JSONValue = ["line": .number(line + roll(2)), "character": .number(column + roll(4))]
            client.tell(
                "textDocument/didChange",
                [
                    "textDocument": ["uri": Client.uri("a.yaml"), "version": .number(version)],
                    "contentChanges": [
                        [
                            "range": ["start": ["line": .number(line), "character": .number(column)], "end": end],
                            "text": .string(pieces[roll(pieces.count)]),
                        ]
                    ],
                ])
            let position: JSONValue = ["line": .number(roll(22)), "character": .number(roll(100))]
            let params: JSONValue = [
                "textDocument": ["uri": Client.uri("a.yaml")], "position": position, "newName": "새: 이름",
                "range": ["start": position, "end": end], "context": ["diagnostics": []],
            ]
            let method =
                roll(4) == 0 ? Self.whole[roll(Self.whole.count)] : Self.positional[roll(Self.positional.count)]
            let answer = client.ask(method, params)
            #expect(answer["id"].int != nil, "\(method) has no answer")
            // Every now and then it is right again.
            if version % 20 == 0 { client.open("a.yaml", Self.text) }
        }
        #expect(client.ask("workspace/symbol", ["query": "주문"])["result"].array.count == 1)
    }
}
