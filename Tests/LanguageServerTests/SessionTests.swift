import SourceDiagnostics
import Testing

@testable import LanguageServer

@Suite struct SessionTests {
    private func code(_ answer: JSONValue) -> Int? { answer["error"]["code"].int }

    @Test func `nothing but 'initialize' is answered before it`() {
        let client = Client([])
        #expect(code(client.ask("textDocument/hover", [:])) == -32002)
        client.tell("textDocument/didOpen", [:])
        client.start()
        #expect(code(client.ask("initialize", [:])) == -32600)
    }

    @Test(
        arguments: [(["utf-8", "utf-16"], "utf-8"), (["utf-7", "utf-32"], "utf-32"), ([], "utf-16")]
            as [([String], String)])
    func `the client's first encoding that is known is taken`(offered: [String], chosen: String) {
        let client = Client([])
        let answer = client.ask(
            "initialize",
            ["capabilities": ["general": ["positionEncodings": .array(offered.map { .string($0) })]]])
        #expect(answer["result"]["capabilities"]["positionEncoding"].string == chosen)
        #expect(answer["result"]["serverInfo"]["version"].string == "1.2.3")
    }

    @Test func `exit is 0 after 'shutdown', else 1`() {
        let client = Client([])
        client.start()
        #expect(client.ask("shutdown")["result"].isNull)
        #expect(code(client.ask("textDocument/hover", [:])) == -32600)
        client.tell("exit")
        #expect(client.exitCode == 0)
        let hasty = Client([])
        hasty.start()
        hasty.tell("exit")
        #expect(hasty.exitCode == 1)
    }

    @Test(
        arguments: [
            ("{", -32700), ("[]", -32600), ("3", -32600), ("{\"jsonrpc\": \"2.0\"}", -32600),
            (String(repeating: "[", count: 100_000), -32700),
        ])
    func `what is no message is refused, and the session goes on`(text: String, expected: Int) {
        let client = Client([("a.yaml", "services: { a: {} }")])
        client.start()
        client.take(text)
        #expect(client.received.last.map(code) == expected)
        #expect(client.ask("workspace/symbol", ["query": ""])["result"].array.count == 1)
    }

    @Test func `methods and parameters that are not there are named`() {
        let client = Client([("a.yaml", "")])
        client.start()
        let unknown = client.ask("textDocument/flyToTheMoon", [:])
        #expect(code(unknown) == -32601)
        #expect(unknown["error"]["message"].string == "there is no method 'textDocument/flyToTheMoon'")
        #expect(code(client.ask("textDocument/hover", [:])) == -32602)
        #expect(
            code(client.ask("textDocument/hover", ["textDocument": ["uri": Client.uri("a.yaml")]]))
                == -32602)
        #expect(
            code(
                client.ask(
                    "textDocument/hover",
                    [
                        "textDocument": ["uri": Client.uri("a.yaml")],
                        "position": ["line": -1, "character": 0],
                    ])) == -32602)
        // Unknown notifications are for others.
        let count = client.received.count
        client.tell("$/setTrace", ["value": "off"])
        client.tell(
            "textDocument/didChange",
            ["textDocument": ["uri": "untitled:1"], "contentChanges": [["text": "x"]]])
        #expect(client.received.count == count)
    }

    @Test func `a request that is cancelled while it waits is not worked on`() {
        let client = Client([("a.yaml", "services: { a: {} }")])
        client.start()
        client.post("workspace/symbol", ["query": ""], id: 901)
        client.post("workspace/symbol", ["query": ""], id: "b")
        client.post("$/cancelRequest", ["id": 901])
        client.work()
        #expect(client.received.filter { $0["id"] == 901 }.map(code) == [-32800])
        #expect(client.received.filter { $0["id"] == "b" }.map { $0["result"].array.count } == [1])
        // One that is answered already cannot be.
        client.tell("$/cancelRequest", ["id": "b"])
    }

    @Test func `findings come once for many edits, and only for files whose findings changed`() {
        let client = Client([
            ("a.yaml", "services: { a: { publishes: [t] } }"), ("b.yaml", "topics: { t: {} }"),
        ])
        client.start()
        client.open("b.yaml", "topics: { t: {} }")
        let before = client.received.count
        for (version, text) in ["topics: { ", "topics: { x", "topics: { x: {} }"].enumerated() {
            client.post(
                "textDocument/didChange",
                [
                    "textDocument": ["uri": Client.uri("b.yaml"), "version": .number(version + 2)],
                    "contentChanges": [["text": .string(text)]],
                ])
        }
        client.work()
        let sent = client.received[before...].filter {
            $0["method"].string == "textDocument/publishDiagnostics"
        }
        #expect(Set(sent.map { $0["params"]["uri"] }.map { $0.string ?? "" }).count == sent.count)
        #expect(client.findings("a.yaml").contains("unknown-reference@0:29-30"))
        #expect(sent.last?["params"]["version"].int == 4)
        // The same again changes nothing.
        let count = client.received.count
        client.tell("textDocument/didSave", ["textDocument": ["uri": Client.uri("b.yaml")]])
        #expect(client.received.count == count)
    }

    @Test func `requests are answered while a check runs, and its findings are dropped when the text has changed`() {
        let client = Client([("a.yaml", "services: { a: { publishes: [t] } }\ntopics: { t: {} }")])
        client.post("initialize", ["rootUri": "file:///work%20%EA%B3%B3"], id: 0)
        client.post("initialized", [:])
        var checks: [FindingsCheck] = []
        func step() {
            while let outputs = client.session.step() {
                for case .check(let check) in outputs { checks.append(check) }
            }
        }
        step()
        #expect(checks.count == 1)
        client.post(
            "textDocument/didOpen",
            [
                "textDocument": [
                    "uri": Client.uri("a.yaml"), "version": 1, "text": "services: { a: { publishes: [x] } }",
                ]
            ])
        client.post("workspace/symbol", ["query": "a"], id: 1)
        step()
        // One check at a time: what it finds is about a text that is no more.
        #expect(checks.count == 1)
        #expect(client.session.take(checks[0].run(), of: checks[0]) == [])
        step()
        #expect(checks.count == 2)
        let sent = client.session.take(checks[1].run(), of: checks[1])
        #expect(
            sent.contains {
                if case .send(let message) = $0 { message.text().contains("unknown-reference") } else { false }
            })
        step()
        #expect(checks.count == 2)
    }

    @Test func `edits speak in UTF-16, and so do findings`() {
        let text = "services:\n  🎫가: { publishes: [없다, 또] }\ntopics: { 또: {} }\n"
        let client = Client([("a.yaml", text)])
        client.start()
        client.open("a.yaml", text)
        #expect(client.findings("a.yaml").contains("unknown-reference@1:21-23"))
        // 없다 → 🎫🎫
        client.tell(
            "textDocument/didChange",
            [
                "textDocument": ["uri": Client.uri("a.yaml"), "version": 2],
                "contentChanges": [
                    [
                        "range": [
                            "start": ["line": 1, "character": 21], "end": ["line": 1, "character": 23],
                        ],
                        "text": "🎫🎫",
                    ]
                ],
            ])
        #expect(client.findings("a.yaml").contains("unknown-reference@1:21-25"))
    }

    @Test func `an edit whose range is none changes nothing`() {
        let client = Client([("a.yaml", "")])
        client.start()
        client.open("a.yaml", "services: { a: { publishes: [t] } }\n")
        let before = client.findings("a.yaml")
        for range in [["start": 3], ["start": ["line": -1, "character": 0], "end": [:]]] as [JSONValue] {
            client.tell(
                "textDocument/didChange",
                [
                    "textDocument": ["uri": Client.uri("a.yaml"), "version": 2],
                    "contentChanges": [["range": range, "text": "x"]],
                ])
        }
        #expect(client.findings("a.yaml") == before && !before.isEmpty)
    }

    @Test func `what the editor holds counts until it is closed`() {
        let client = Client([("a.yaml", "services: { a: { publishes: [t] } }\ntopics: { t: {} }")])
        client.start()
        #expect(client.findings("a.yaml").allSatisfy { !$0.hasPrefix("unknown-reference") })
        client.open("new.yaml", "services: { n: { publishes: [nowhere] } }")
        #expect(client.findings("new.yaml").contains("unknown-reference@0:29-36"))
        // No such file on disk: it leaves the catalog, and its findings with it.
        client.tell("textDocument/didClose", ["textDocument": ["uri": Client.uri("new.yaml")]])
        #expect(client.findings("new.yaml").isEmpty)
    }

    @Test func `files outside the catalog are left alone`() {
        let client = Client([("a.yaml", "")])
        client.start()
        let count = client.received.count
        client.tell(
            "textDocument/didOpen",
            ["textDocument": ["uri": "file:///elsewhere/x.yaml", "version": 1, "text": "services: ["]])
        client.open("notes.txt", "services: [")
        client.open(".hidden/x.yaml", "services: [")
        #expect(client.received.count == count)
    }

    @Test func `without a catalog the client is told what to do, and requests have no answer`() {
        let session = LanguageServerSettings(version: "1", workingFolder: "/w", exists: { _ in false })
        var server = LanguageSession(settings: session)
        _ = server.take(
            Array(#"{"id":1,"method":"initialize","params":{"rootUri":"file:///w/x"}}"#.utf8))
        var sent: [JSONValue] = []
        while let outputs = server.step() {
            for case .send(let message) in outputs { sent.append(message) }
        }
        #expect(
            sent.last?["params"]["message"].string
                == "there is no catalog at /w/x/catalog: name it with --catalog, or in initializationOptions.catalog"
        )
        _ = server.take(Array(#"{"id":2,"method":"workspace/symbol","params":{"query":""}}"#.utf8))
        guard case .send(let answer)? = server.step()?.first else { return #expect(Bool(false)) }
        #expect(answer["result"].isNull && answer["error"].isNull)
    }
}
