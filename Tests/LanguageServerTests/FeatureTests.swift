import SourceDiagnostics
import Testing

@testable import LanguageServer

@Suite struct FeatureTests {
    private static let shared = """
        services:
          주문: { title: 주문 서비스, owner: team-order, publishes: [{ channel: order.paid, message: order-paid@2 }] }
          mail: { subscribes: [mail.jobs], calls: [주문] }
        topics:
          order.paid: { title: 결제 완료, broker: kafka, retention: 7d, delivers-to: [mail.jobs] }
        queues:
          mail.jobs: { broker: aws-sqs }
        messages:
          order-paid: { version: '2', schema: schemas/paid.json }
        flows:
          pay: { steps: [주문 publishes order.paid] }
        """

    private func client() -> Client {
        let client = Client([("shared.yaml", Self.shared)], existing: ["catalog/schemas/paid.json"])
        client.start()
        return client
    }

    private func labels(_ completion: JSONValue) -> [String] {
        completion["items"].array.compactMap { $0["label"].string }
    }

    private func hover(_ text: String) -> String? {
        client().ask("textDocument/hover", at: text, in: "a.yaml")["contents"]["value"].string
    }

    // MARK: Hover

    @Test func `a channel's hover says who publishes, who subscribes and what is promised`() {
        #expect(
            hover("services: { b: { subscribes: [order.p‸aid] } }") == """
                **order.paid** — topic on Kafka · 결제 완료

                - published by: 주문
                - subscribed by: b, mail (through mail.jobs)
                - carries: nobody
                """.replacing("\n- carries: nobody", with: "")
                + "\n\nat-least-once · order per-key · kept for 7d · replay")
    }

    @Test func `hover explains services, keys, rules and systems`() {
        #expect(hover("services: { b: { calls: [주‸문] } }")?.contains("- called by: b, mail") == true)
        #expect(
            hover("services:\n  b:\n    tele‸metry-names: [x]")?.hasPrefix(
                "**telemetry-names** — a list of texts\n\nThe `service.name`") == true)
        #expect(hover("lint:\n  missing-ow‸ner: off")?.hasPrefix("**missing-owner** — ") == true)
        #expect(
            hover("lint:\n  deep-sync-chain:\n    max-ca‸lls: 4")?.contains(
                "how many calls may stand in a row") == true)
        #expect(hover("brokers:\n  b: { system: ka‸fka }")?.contains("replay: yes") == true)
        #expect(hover("topics:\n  t: { title: some‸thing }") == nil)
    }

    // MARK: Navigation

    @Test func `definitions are found in other files, schemas as files`() {
        let client = client()
        let place = client.ask(
            "textDocument/definition", at: "services: { b: { subscribes: [order.pai‸d] } }", in: "a.yaml")
        #expect(place["uri"] == Client.uri("shared.yaml") && Client.place(place["range"]) == "4:2-12")
        let version = client.ask(
            "textDocument/definition",
            at: "services: { b: { publishes: [{ channel: order.paid, message: ord‸er-paid@1 }] } }",
            in: "a.yaml")
        #expect(Client.place(version["range"]) == "8:2-12")
        let schema = client.ask(
            "textDocument/definition", at: Self.shared.replacing("schemas/paid", with: "sche‸mas/paid"),
            in: "shared.yaml")
        #expect(schema["uri"] == Client.uri("schemas/paid.json"))
        let links = client.ask(
            "textDocument/documentLink", ["textDocument": ["uri": Client.uri("shared.yaml")]])["result"]
        #expect(links.array.map { $0["target"] } == [Client.uri("schemas/paid.json")])
    }

    @Test func `references are every place, in steps too`() {
        let client = client()
        let places = client.ask(
            "textDocument/references", at: Self.shared.replacing("  order.paid:", with: "  order‸.paid:"),
            in: "shared.yaml",
            [("context", ["includeDeclaration": true])])
        #expect(places.array.map { Client.place($0["range"]) } == ["4:2-12", "1:65-75", "10:30-40"])
        let uses = client.ask(
            "textDocument/references", at: Self.shared.replacing("  order.paid:", with: "  order‸.paid:"),
            in: "shared.yaml",
            [("context", ["includeDeclaration": false])])
        #expect(uses.array.count == 2)
        let highlights = client.ask(
            "textDocument/documentHighlight",
            at: Self.shared.replacing("  order.paid:", with: "  order‸.paid:"), in: "shared.yaml")
        #expect(highlights.array.map { $0["kind"].int } == [3, 2, 2])
    }

    @Test func `symbols of a file span what they define, those of the workspace are found by title`() {
        let client = client()
        client.open("a.yaml", "services:\n  x:\n    title: 표\n    calls: [mail]\n\n  y: {}\n")
        let symbols = client.ask(
            "textDocument/documentSymbol", ["textDocument": ["uri": Client.uri("a.yaml")]])["result"]
        #expect(symbols.array.map { $0["name"].string } == ["x", "y"])
        #expect(symbols.array.map { Client.place($0["range"]) } == ["1:2-3:17", "5:2-7"])
        #expect(symbols.array.first?["detail"].string == "service · 표")
        let found = client.ask("workspace/symbol", ["query": "결제"])["result"]
        #expect(found.array.map { $0["name"].string } == ["order.paid"])
    }

    // MARK: Rename

    @Test func `a rename changes every place and keeps quotes and versions`() {
        let client = client()
        let answer = client.ask(
            "textDocument/rename",
            at:
                "services: { b: { subscribes: [{ channel: order.paid, message: 'order-paid@1' }], publishes: [{ channel: mail.jobs, message: order‸-paid }] } }",
            in: "a.yaml", [("newName", "주문: 결제")])
        let here = answer["changes"][Client.uri("a.yaml").string ?? ""].array
        #expect(here.map { $0["newText"].string } == ["'주문: 결제@1'", #""주문: 결제""#])
        let shared = answer["changes"][Client.uri("shared.yaml").string ?? ""].array
        #expect(shared.map { $0["newText"].string } == [#""주문: 결제@2""#, #""주문: 결제""#])
        #expect(shared.map { Client.place($0["range"]) } == ["1:86-98", "8:2-12"])
    }

    @Test func `a rename that cannot be is refused`() {
        let client = client()
        func failure(_ marked: String, _ name: String) -> String? {
            let parts = marked.split(separator: "‸", omittingEmptySubsequences: false)
            client.open("a.yaml", parts.joined())
            let position = TextDocument(Array(parts.joined().utf8)).position(
                ofByte: parts[0].utf8.count, .utf16)
            return client.ask(
                "textDocument/rename",
                [
                    "textDocument": ["uri": Client.uri("a.yaml")], "position": CatalogView.json(position),
                    "newName": .string(name),
                ])["error"]["message"].string
        }
        #expect(
            failure("services: { b: { calls: [ma‸il] } }", "주문") == "a service '주문' is already defined")
        #expect(failure("services: { b: { calls: [ma‸il] } }", "  ") == "a name is printable text")
        #expect(failure("services: { b: { calls: [ma‸il] } }", "a\nb") == "a name is printable text")
        #expect(
            failure("services: { b: { calls: [nobo‸dy] } }", "x") == "no name of the catalog stands here")
        #expect(
            failure("services: { b: { publishes: [order.pa‸id] } }", "a calls b")
                == "a step could not name 'a calls b'")
    }

    @Test func `what can be renamed is the name alone`() {
        let client = client()
        let range = client.ask(
            "textDocument/prepareRename",
            at: "services: { b: { subscribes: [{ channel: order.paid, message: 'order‸-paid@1' }] } }",
            in: "a.yaml")
        #expect(
            range["placeholder"].string == "order-paid" && Client.place(range["range"]) == "0:63-73")
    }

    // MARK: Completion

    private func complete(_ text: String) -> JSONValue {
        client().ask("textDocument/completion", at: text, in: "a.yaml")
    }

    @Test(
        arguments: [
            ("services: { b: { subscribes: [o‸", ["order.paid", "mail.jobs"]),
            ("services: { b: { subscribes: [ord‸] } }", ["order.paid"]),
            ("services:\n  b:\n    calls:\n      - 주‸", ["주문"]),
            (
                "services:\n  b:\n    publishes:\n      - channel: order.paid\n        message: ‸",
                ["order-paid", "order-paid@2"]
            ),
            ("services:\n  b:\n    kind: ga‸", ["gateway"]),
            ("topics:\n  t:\n    broker: kaf‸", ["kafka"]),
            ("services:\n  b:\n    subscribes:\n      - channel: x\n        needs: [or‸", ["ordering"]),
            (
                "services:\n  b:\n    publishes:\n      - channel: x\n        outbox: ‸", ["true", "false"]
            ),
            ("flows:\n  f:\n    steps:\n      - 주문 ‸", ["calls", "publishes", "handles"]),
            ("flows:\n  f:\n    steps:\n      - 주문 publishes ord‸", ["order.paid"]),
            ("flows:\n  f:\n    steps: [mail calls 주‸", ["주문"]),
            ("lint:\n  missing-owner: ‸", ["error", "warning", "info", "off"]),
            ("lint:\n  retention-t‸", ["retention-too-short"]),
            ("top‸", ["topics"]),
            ("services:\n  b:\n    title: x\n    tit‸", []),
            ("services:\n  b: { awaits‸", []),
        ] as [(String, [String])])
    func `what is offered fits the place`(text: String, expected: [String]) {
        let found = labels(complete(text))
        #expect(found == expected || text.contains("b: { awaits") && !found.contains("awaits"))
    }

    @Test func `keys are offered with their meaning, and not again`() {
        let items = complete("services:\n  b:\n    owner: x\n    ‸\n    kind: gateway\n")["items"].array
        let names = items.compactMap { $0["label"].string }
        #expect(names.contains("publishes") && !names.contains("owner") && !names.contains("kind"))
        let publishes = items.first { $0["label"].string == "publishes" }
        #expect(publishes?["textEdit"]["newText"].string == "publishes: ")
        #expect(publishes?["documentation"]["value"].string == "The channels it sends messages to.")
        #expect(publishes?["detail"].string == "a list of channels")
    }

    @Test func `one name where a list belongs brings the list`() {
        let item = complete("services:\n  b:\n    subscribes: ord‸")["items"].array.first
        #expect(item?["textEdit"]["newText"].string == "[order.paid]")
        #expect(item.map { Client.place($0["textEdit"]["range"]) } == "2:16-19")
    }

    @Test func `columns are UTF-16 where names are Korean and emoji`() {
        let item = complete("services: { 🎫한글: { subscribes: [mai‸l.jobs, x] } }")["items"].array.first
        #expect(item?["textEdit"]["newText"].string == "mail.jobs")
        #expect(item.map { Client.place($0["textEdit"]["range"]) } == "0:33-42")
    }

    @Test func `a name that YAML would misread is put in quotes`() {
        let client = Client([("shared.yaml", "topics:\n  'a: b': {}\n")])
        client.start()
        let item = client.ask(
            "textDocument/completion", at: "services: { b: { subscribes: [‸] } }", in: "a.yaml")["items"]
            .array.first
        #expect(item?["textEdit"]["newText"].string == #""a: b""#)
    }

    @Test func `names of a file are still known while it is half typed`() {
        let client = client()
        let whole = "topics:\n  seat.counts: {}\n  late.topic: {}\n"
        client.open("a.yaml", whole)
        let found = labels(
            client.ask(
                "textDocument/completion", at: "services:\n  b: { subscribes: [lat‸\n\n" + whole,
                in: "a.yaml"))
        #expect(found == ["late.topic"])
    }

    // MARK: Code actions

    @Test func `a fix is offered where its finding is, and can be applied`() {
        let client = client()
        let text = "services: { b: { subscribes: [order.payd] } }"
        client.open("a.yaml", text)
        let actions = client.ask(
            "textDocument/codeAction",
            [
                "textDocument": ["uri": Client.uri("a.yaml")],
                "range": ["start": ["line": 0, "character": 33], "end": ["line": 0, "character": 33]],
                "context": ["diagnostics": []],
            ])["result"].array
        #expect(actions.first?["title"].string == "replace 'order.payd' with 'order.paid'")
        let edit = actions.first?["edit"]["changes"][Client.uri("a.yaml").string ?? ""].array.first
        #expect(edit?["newText"].string == "order.paid")
        #expect(edit.map { Client.place($0["range"]) } == "0:30-40")
    }

    @Test func `all fixes of a file come as one action where they are asked for`() {
        let client = client()
        client.open("a.yaml", "services:\n  b: { subscribes: [order.payd] }\n  c: { subscrbes: [order.payd] }\n")
        func actions(_ kind: JSONValue) -> [JSONValue] {
            client.ask(
                "textDocument/codeAction",
                [
                    "textDocument": ["uri": Client.uri("a.yaml")],
                    "range": ["start": ["line": 0, "character": 0], "end": ["line": 9, "character": 0]],
                    "context": ["diagnostics": [], "only": [kind]],
                ])["result"].array
        }
        for kind in ["source", "source.fixAll", "source.fixAll.flowglass"] as [JSONValue] {
            let found = actions(kind)
            #expect(found.map { $0["title"].string } == ["fix all 2 findings with one right answer"])
            let edits = found.first?["edit"]["changes"][Client.uri("a.yaml").string ?? ""].array ?? []
            #expect(edits.map { Client.place($0["range"]) }.sorted() == ["1:20-30", "2:7-16"])
        }
        #expect(actions("refactor").isEmpty)
        #expect(actions("quickfix").allSatisfy { $0["kind"].string == "quickfix" })
    }

    @Test func `a rule can be ignored with a comment above the line`() {
        let client = client()
        client.open("a.yaml", "services:\n  b:\n    subscribes: [order.paid]\n")
        let actions = client.ask(
            "textDocument/codeAction",
            [
                "textDocument": ["uri": Client.uri("a.yaml")],
                "range": ["start": ["line": 1, "character": 2], "end": ["line": 1, "character": 3]],
                "context": ["diagnostics": [], "only": ["quickfix"]],
            ])["result"].array
        let ignore = actions.first { $0["title"].string == "ignore missing-owner here" }
        let edit = ignore?["edit"]["changes"][Client.uri("a.yaml").string ?? ""].array.first
        #expect(edit?["newText"].string == "  # flowglass:ignore missing-owner — reason\n")
        #expect(edit.map { Client.place($0["range"]) } == "1:0-0")
    }
}
