import Foundation
import Testing

/// `flowglass show` of what is no channel and no service.
@Suite struct ShowCommandTests {
    private static let catalog = """
        conventions: { brokers: [events] }
        brokers:
          events: { system: kafka, url: "kafka.internal:9092", description: 모든 이벤트 }
        services:
          order:
            publishes: [{ channel: orders, message: OrderPaid }, { channel: orders, message: OrderLost }]
          mail: { subscribes: [orders] }
          결제: { subscribes: [{ channel: orders, message: OrderLost }, { channel: refunds }] }
        topics:
          orders: { broker: events, messages: [OrderPaid, OrderLost] }
        messages:
          OrderPaid: { title: 결제됨, version: 2.1.0, schema: schemas/paid.json }
          OrderLost: {}
        """

    private func show(_ arguments: String...) async throws -> Program.Result {
        let scratch = try ScratchFolder()
        try Self.catalog.write(toFile: scratch.path + "/c.yaml", atomically: true, encoding: .utf8)
        return try await Program.run(
            ["show"] + arguments + ["--catalog", "c.yaml"], in: scratch.path,
            environment: ["XDG_STATE_HOME": scratch.path])
    }

    @Test func `a broker has its system, its address and its channels`() async throws {
        let shown = try await show("events").output
        #expect(shown.hasPrefix("events\n  broker on kafka · kafka.internal:9092\n  모든 이벤트\n"), "\(shown)")
        #expect(shown.contains("\nchannels\n  orders\n"))
        #expect(shown.contains("  c.yaml:1  the conventions allow it\n"))
        #expect(shown.contains("  c.yaml:10  'orders' runs on it\n"))
        let json = try await show("events", "--json").output
        #expect(json.contains("\"system\": \"kafka\"") && json.contains("\"url\": \"kafka.internal:9092\""))
    }

    @Test func `a message has its version, its schema, and who publishes and handles it`() async throws {
        let shown = try await show("OrderPaid").output
        #expect(shown.hasPrefix("OrderPaid  결제됨\n  message · version 2.1.0 · schema schemas/paid.json\n"), "\(shown)")
        #expect(
            shown.contains(
                """

                carried by
                  orders

                published by
                  order to orders  not observed

                subscribed by
                  mail from orders  not observed

                """))
        #expect(shown.contains("'orders' carries it\n") && shown.contains("'order' publishes it\n"))
        let json = try await show("OrderLost", "--json").output
        #expect(json.contains("\"version\": null") && json.contains("\"결제\""), "\(json)")
    }

    @Test func `what is only named is not called undocumented`() async throws {
        #expect(try await show("refunds").output.hasPrefix("refunds\n  channel · named in the catalog, not defined\n"))
    }
}
