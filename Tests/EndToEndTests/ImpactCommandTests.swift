import Foundation
import TerminalText
import Testing

/// `flowglass impact` as people and scripts get it.
@Suite struct ImpactCommandTests {
    private static let catalog = """
        services:
          web: { title: 예매 웹, owner: team-front, calls: [주문] }
          주문: { title: 주문 서비스, owner: team-order, calls: [payment], publishes: [order.completed] }
          payment: { title: 결제, owner: team-payment }
          알림: { owner: team-crm, subscribes: [order.completed] }
        topics:
          order.completed: { broker: kafka, messages: [order-completed] }
        messages:
          order-completed: {}
        flows:
          booking: { title: 예매, steps: [web calls 주문, 주문 calls payment] }
        """

    private func run(_ arguments: String...) async throws -> Program.Result {
        let scratch = try ScratchFolder()
        try Self.catalog.write(toFile: scratch.path + "/c.yaml", atomically: true, encoding: .utf8)
        return try await Program.run(["impact"] + arguments + ["--catalog", "c.yaml"], in: scratch.path)
    }

    @Test func `text lines up, whatever script the names are in`() async throws {
        let printed = try await run("payment")
        #expect(printed.status == 0)
        #expect(
            printed.output == """
                payment  결제
                  service · owner team-payment · c.yaml:4

                When 'payment' stops, 2 services fail at once, 1 only waits, 1 flow stops

                fails at once
                  payment
                  └─ 주문  주문 서비스  fails  calls it  c.yaml:3
                     └─ web  예매 웹    fails  calls it  c.yaml:2

                only waits
                  주문
                  └─ 알림  waits  through order.completed  c.yaml:5

                flows
                  booking  예매  stops at step 2  주문 calls payment: 'payment' does not answer  c.yaml:11

                ask
                  team-payment  stops  payment
                  team-order    fails  주문
                  team-front    fails  web
                  team-crm      waits  알림

                nobody is named for booking

                """)
        let effects = printed.output.split(separator: "\n").filter { $0.contains("calls it") }.map {
            displayWidth(String($0.prefix(upTo: $0.range(of: "fails")!.lowerBound)))
        }
        #expect(Set(effects).count == 1)
    }

    @Test func `who loses messages is told apart from who only waits, also of one owner`() async throws {
        let scratch = try ScratchFolder()
        try """
        services:
          재고: { owner: team-seat, subscribes: [orders] }
          seat-board: { owner: team-seat, subscribes: [seats] }
          order: { publishes: [{ channel: orders, outbox: true }, { channel: seats, outbox: true }] }
        topics:
          orders: { owner: team-seat, broker: kafka }
          seats: { broker: redis-pubsub }
        """.write(toFile: scratch.path + "/c.yaml", atomically: true, encoding: .utf8)
        let text = try await Program.run(["impact", "order", "--catalog", "c.yaml"], in: scratch.path).output
        #expect(
            text.hasSuffix(
                """

                loses messages
                  order
                  └─ seat-board  loses messages  through seats  c.yaml:3

                only waits
                  order
                  └─ 재고  waits  through orders  c.yaml:2

                ask
                  team-seat  loses messages  seat-board
                  team-seat  waits           재고

                nobody is named for order

                """), "\(text)")
        let json = try await Program.run(["impact", "order", "--json", "--catalog", "c.yaml"], in: scratch.path).output
        let root = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let owners = try #require(root["owners"] as? [[String: Any]])
        let owned = owners.flatMap { $0["owns"] as? [[String: Any]] ?? [] }
        #expect(owned.compactMap { $0["effect"] as? String } == ["stops", "loses", "waits"])
        let page = try await Program.run(
            ["impact", "order", "--format", "markdown", "--catalog", "c.yaml"], in: scratch.path)
        #expect(page.output.contains("**Loses messages**") && page.output.contains("| team-seat | waits | 재고 |\n"))
    }

    @Test func `JSON has the way to each service with its places`() async throws {
        let printed = try await run("payment", "--json")
        let root = try #require(try JSONSerialization.jsonObject(with: Data(printed.output.utf8)) as? [String: Any])
        let waiting = try #require((root["waiting"] as? [[String: Any]])?.first)
        #expect(waiting["service"] as? String == "알림" && waiting["effect"] as? String == "waits")
        let path = try #require(waiting["path"] as? [[String: Any]])
        #expect(
            path.map { $0["sentence"] as? String } == [
                "'주문' calls 'payment'", "'주문' publishes to 'order.completed'", "'알림' subscribes to 'order.completed'",
            ])
        #expect((path[1]["location"] as? [String: Any])?["line"] as? Int == 3)
        #expect((root["flows"] as? [[String: Any]])?.first?["stopsAt"] as? Int == 2)
    }

    @Test func `Markdown is a headline and tables`() async throws {
        let printed = try await run("order.completed", "--format", "markdown")
        let headline = printed.output.prefix { $0 != "\n" }
        #expect(
            headline == "### When 'order.completed' stops, 2 services fail at once, 1 only waits, 1 flow stops")
        #expect(
            printed.output.contains(
                "| 주문 주문 서비스 | fails | '주문' publishes to 'order.completed' (no outbox) |\n"))
    }

    @Test(
        arguments: [
            (["order.complete"], 3, "nothing is called 'order.complete'\n           did you mean 'order.completed'?\n"),
            (
                ["order-completed"], 3,
                "'order-completed' is a message, and only services, channels, flows and brokers can stop\n           it is carried by order.completed\n"
            ),
            (["payment", "--as", "flow"], 3, "no flow is called 'payment'\n"),
        ] as [([String], Int32, String)])
    func `a name that cannot stop is refused with a hint`(words: [String], status: Int32, errors: String) async throws {
        let scratch = try ScratchFolder()
        try Self.catalog.write(toFile: scratch.path + "/c.yaml", atomically: true, encoding: .utf8)
        let printed = try await Program.run(["impact"] + words + ["--catalog", "c.yaml"], in: scratch.path)
        #expect(printed.status == status && printed.output.isEmpty)
        #expect(printed.errors == "flowglass: " + errors)
    }

    @Test(arguments: [32, 40, 64]) func `no line is wider than the terminal`(columns: Int) async throws {
        let scratch = try ScratchFolder()
        try Self.catalog.replacing("web: {", with: "\(String(repeating: "w", count: 8)): {").write(
            toFile: scratch.path + "/c.yaml", atomically: true, encoding: .utf8)
        let terminal = try PseudoTerminal.spawn(
            try BuiltProduct.path("flowglass"), arguments: ["impact", "payment", "--catalog", "c.yaml"],
            environment: ["NO_COLOR": "1"], columns: columns, directory: scratch.path)
        #expect(try await terminal.waitForExit() == .exited(0))
        let lines = String(decoding: terminal.output, as: UTF8.self).split(whereSeparator: \.isNewline)
        let start = try #require(lines.firstIndex { $0.hasPrefix("fails at once") })
        for line in lines[start...] where displayWidth(String(line)) > columns {
            // A name alone is never broken.
            #expect(line.contains("─ "), "\(line)")
        }
        #expect(lines.contains { $0.hasSuffix("c.yaml:3") })
    }
}
