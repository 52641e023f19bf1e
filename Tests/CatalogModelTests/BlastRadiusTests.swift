import CatalogModel
import SourceDiagnostics
import Testing

@Suite struct BlastRadiusTests {
    /// `order fails` for each service, in order.
    private func failing(_ radius: BlastRadius) -> [String] {
        radius.failing.map { "\($0.service) \($0.effect.rawValue)" }
    }
    private func waiting(_ radius: BlastRadius) -> [String] {
        radius.waiting.map { "\($0.service) \($0.effect.rawValue)" }
    }

    private func radius(_ kind: CatalogNode.Kind, _ name: String, _ text: String) -> BlastRadius {
        let loaded = loadCatalog(texts: [(path: "a.yaml", text: text)])
        #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics.map(\.message))")
        return BlastRadius(of: CatalogNode(kind, name), in: CatalogGraph(loaded.catalog))
    }

    private let booking = """
        services:
          웹: { kind: browser, owner: team-front, calls: [{ service: gateway, on-failure: fallback }] }
          앱: { kind: mobile, owner: team-front, calls: [gateway] }
          gateway: { owner: team-platform, calls: [{ service: 주문, on-failure: circuit-breaker }] }
          주문: { owner: team-order, calls: [payment], publishes: [order.completed] }
          report: { owner: team-bi, calls: [{ service: payment, needs: deferred }] }
          payment: { owner: team-payment, subscribes: [payment.jobs] }
          mail: { owner: team-crm, subscribes: [mail.jobs] }
          board: { subscribes: [order.completed], publishes: [board.changed] }
          screen: { subscribes: [board.changed] }
        topics:
          order.completed: { broker: aws-sns, delivers-to: [mail.jobs] }
          board.changed: { broker: redis-pubsub }
        queues:
          mail.jobs: { broker: aws-sqs }
          payment.jobs: { broker: aws-sqs, retention: 4d }
        flows:
          booking:
            owner: team-order
            steps: [gateway calls 주문, 주문 calls payment, 주문 publishes order.completed]
          mailing: { steps: [mail handles order.completed] }
          board: { steps: [{ from: report, calls: payment }] }
        """

    @Test func `callers fail, each by what it does on failure, and pass it on`() {
        let radius = radius(.service, "payment", booking)
        // The breaker fails fast, the app behind it too; the fallback of the web saves it; deferred work is put off.
        #expect(failing(radius) == ["주문 fails", "gateway fails-fast", "앱 fails-fast", "웹 degrades", "report defers"])
        #expect(
            radius.failing.first { $0.service == "앱" }.map { radius.path(to: $0).map(\.sentence) } == [
                "'주문' calls 'payment'", "'gateway' calls '주문' (on failure: circuit-breaker)", "'앱' calls 'gateway'",
            ])
        #expect(radius.failing.first?.links.first?.span.line == 5)
    }

    @Test func `subscribers of what fails wait, and lose messages behind a lossy channel`() {
        let radius = radius(.service, "payment", booking)
        #expect(waiting(radius) == ["screen loses", "board waits", "mail waits"])
        #expect(
            radius.waiting.first { $0.service == "mail" }.map { radius.path(to: $0).map(\.sentence) } == [
                "'주문' calls 'payment'", "'주문' publishes to 'order.completed'",
                "'order.completed' delivers to 'mail.jobs'", "'mail' subscribes to 'mail.jobs'",
            ])
        #expect(
            radius.channels.map { "\($0.channel) \($0.effect.rawValue)" } == [
                "board.changed silent", "mail.jobs silent", "order.completed silent",
            ])
    }

    @Test func `what is softened passes nothing on`() {
        let radius = radius(
            .service, "c",
            """
            services:
              a: { calls: [b] }
              b: { calls: [{ service: c, on-failure: fallback }], publishes: [b.done] }
              c: {}
              d: { subscribes: [b.done] }
            topics: { b.done: { broker: kafka } }
            """)
        #expect(failing(radius) == ["b degrades"])
        #expect(radius.waiting.isEmpty)
    }

    @Test func `the worst of several calls counts`() {
        let radius = radius(
            .service, "b",
            """
            services:
              a: { calls: [{ service: b, on-failure: fallback, operation: x }, { service: b, operation: y }] }
              b: {}
            """)
        #expect(failing(radius) == ["a fails"])
        #expect(radius.failing.first?.links.first?.detail == "y")
    }

    @Test func `a flow stops at the first step that cannot be done`() {
        let radius = radius(.service, "payment", booking)
        let flows = radius.flows.map { "\($0.flow) \($0.effect.rawValue) \($0.decisive?.number ?? 0) \($0.stops)" }
        #expect(flows == ["booking fails 2 true", "mailing waits 1 false", "board defers 1 false"])
        #expect(radius.flows.first?.decisive?.reason == "'payment' does not answer")
    }

    @Test func `a flow without what stops fails where its effect is first seen`() {
        let radius = radius(
            .service, "c",
            """
            services: { a: { calls: [b] }, b: { calls: [c] }, c: {} }
            flows: { f: { steps: [a calls b] } }
            """)
        #expect(radius.flows.map { "\($0.effect.rawValue) \($0.decisive?.reason ?? "")" } == ["fails 'a' fails"])
    }

    @Test func `an optional step stops nothing`() {
        let radius = radius(
            .service, "b",
            """
            services: { a: { calls: [b] }, b: {} }
            flows: { f: { steps: [{ from: a, calls: b, optional: true }] } }
            """)
        #expect(radius.flows.map(\.effect) == [.degrades])
    }

    @Test func `owners are asked in order of how bad it is`() {
        let radius = radius(.service, "payment", booking)
        #expect(
            radius.owners.map { "\($0.owner ?? "-"): \($0.owned.map(\.name).joined(separator: " "))" } == [
                "team-payment: payment", "team-order: 주문 booking", "team-platform: gateway", "team-front: 앱 웹",
                "-: screen board mailing board", "team-crm: mail", "team-bi: report",
            ])
        #expect(
            radius.owners[1].groups.map { "\($0.effect?.words ?? "stops") \($0.owned.map(\.name))" }
                == ["fails [\"주문\", \"booking\"]"])
        #expect(radius.owners.first?.effect == nil)
        #expect(radius.owners[1].effect == .fails)
    }

    @Test func `messages to what stops are kept or lost, and a second consumer takes over`() {
        let radius = radius(
            .service, "b",
            """
            services:
              b: { subscribes: [jobs, { channel: log, group: g, max-downtime: 1d }, ticks] }
              c: { subscribes: [jobs, { channel: log, group: other }, ticks] }
              a: { publishes: [jobs, log, ticks] }
            topics:
              log: { broker: kafka, retention: 7d }
              ticks: { broker: redis-pubsub }
            queues: { jobs: { broker: rabbitmq } }
            """)
        #expect(
            radius.backlog.map { "\($0.channel) \($0.loss?.rawValue ?? "kept") \($0.takenOverBy)" } == [
                #"jobs kept ["c"]"#, "log kept []", "ticks keeps-nothing []",
            ])
        #expect(radius.backlog[1].keptFor == .seconds(7 * 86_400))
        #expect(radius.backlog[1].maxDowntime == .seconds(86_400))
        #expect(failing(radius) == [] && waiting(radius) == [])
    }

    @Test func `a channel stops publishers without an outbox, and their callers`() {
        let text = """
            services:
              web: { calls: [shop, safe] }
              shop: { publishes: [paid] }
              safe: { publishes: [{ channel: paid, outbox: true }] }
              mail: { subscribes: [paid] }
            topics: { paid: { broker: kafka } }
            flows: { f: { steps: [safe publishes paid] }, g: { steps: [shop publishes paid] } }
            """
        let radius = radius(.channel, "paid", text)
        #expect(failing(radius) == ["shop fails", "web fails"])
        #expect(waiting(radius) == ["mail waits"])
        #expect(radius.backlog.map { "\($0.service) \($0.side.rawValue) \($0.loss == nil)" } == ["safe publisher true"])
        #expect(radius.flows.map { "\($0.flow) \($0.effect.rawValue)" } == ["g fails", "f waits"])
    }

    @Test func `a lossy channel fails no publisher and loses for every subscriber`() {
        let radius = radius(
            .channel, "ticks",
            """
            services:
              web: { calls: [meter] }
              meter: { publishes: [ticks] }
              board: { subscribes: [ticks], publishes: [shown] }
              audit: { subscribes: [shown] }
            topics: { ticks: { broker: redis-pubsub }, shown: { broker: kafka } }
            """)
        #expect(failing(radius).isEmpty)
        // What the board never saw, the audit never sees, however safe its own channel is.
        #expect(waiting(radius) == ["board loses", "audit loses"])
        #expect(radius.backlog.map(\.loss) == [.keepsNothing])
    }

    @Test func `a broker stops every channel that runs on it`() {
        let radius = radius(
            .broker, "events",
            """
            brokers: { events: { system: kafka }, other: { system: kafka } }
            services:
              a: { publishes: [one, two] }
              b: { subscribes: [one] }
              c: { subscribes: [two] }
            topics: { one: { broker: events }, two: { broker: other } }
            """)
        #expect(radius.channels.map { "\($0.channel) \($0.effect.rawValue)" } == ["one stops", "two silent"])
        #expect(failing(radius) == ["a fails"])
        #expect(
            radius.failing.first.map { radius.path(to: $0).map(\.sentence) } == [
                "'one' runs on 'events'", "'a' publishes to 'one' (no outbox)",
            ])
        #expect(waiting(radius) == ["b waits", "c waits"])
    }

    @Test func `who awaits a reply or polls fails, though messages lie between`() {
        let radius = radius(
            .service, "b",
            """
            services:
              a: { publishes: [{ channel: asks, awaits: { reply: answers } }] }
              b: { subscribes: [asks], publishes: [answers] }
              p: { publishes: [{ channel: asks, awaits: { polls: b, every: 1s } }] }
            topics: { asks: { broker: kafka }, answers: { broker: kafka } }
            """)
        #expect(failing(radius) == ["p fails", "a fails"])
        #expect(
            radius.failing.last.map { radius.path(to: $0).map(\.sentence) } == [
                "'b' publishes to 'answers'", "'a' awaits a reply on 'answers'",
            ])
    }

    @Test func `what still comes from others is said`() {
        let radius = radius(
            .service, "a",
            """
            services:
              a: { publishes: [paid] }
              shop: { publishes: [paid] }
              mail: { subscribes: [paid] }
            topics: { paid: { broker: kafka } }
            """)
        #expect(radius.waiting.map(\.stillFrom) == [["shop"]])
        #expect(radius.channels.map(\.effect) == [.reduced])
    }

    @Test func `a flow that stops fails who begins it and silences what it publishes`() {
        let radius = radius(.flow, "booking", booking)
        #expect(failing(radius) == ["gateway fails", "앱 fails", "웹 degrades"])
        #expect(waiting(radius) == ["screen loses", "board waits", "mail waits"])
        #expect(radius.flows.map { "\($0.flow) \($0.effect.rawValue)" } == ["booking fails", "mailing waits"])
    }

    @Test func `nothing still comes through a channel that stops, or of a flow that does`() {
        let channel = radius(.channel, "order.completed", booking)
        #expect(channel.waiting.map(\.stillFrom) == [[], [], []])
        let flow = radius(.flow, "booking", booking)
        #expect(flow.waiting.map(\.stillFrom) == [[], [], []])
        #expect(flow.channels.map(\.effect) == [.silent, .silent, .silent])
    }

    @Test func `cycles of calls and of messages end`() {
        let radius = radius(
            .service, "a",
            """
            services:
              a: { calls: [b], publishes: [x] }
              b: { calls: [a, c], subscribes: [x], publishes: [y] }
              c: { calls: [b], subscribes: [y], publishes: [x] }
            topics: { x: { broker: kafka, delivers-to: [y] }, y: { broker: kafka, delivers-to: [x] } }
            """)
        #expect(failing(radius) == ["b fails", "c fails"])
        #expect(waiting(radius).isEmpty)
    }

    @Test func `a long way can be cut to its last edges`() throws {
        let services = (0..<100).map { "  s\($0): { calls: [\($0 == 0 ? "" : "s\($0 - 1)")] }" }.joined(separator: "\n")
        let radius = radius(.service, "s0", "services:\n" + services)
        let last = try #require(radius.failing.last)
        #expect(last.distance == 99 && radius.path(to: last).count == 99)
        #expect(
            radius.path(to: last, last: 2).map(\.sentence) == ["'s98' calls 's97'", "'s99' calls 's98'"])
    }

    @Test func `a name that is not there has no radius`() {
        let radius = radius(.service, "nobody", booking)
        #expect(radius.failing.isEmpty && radius.waiting.isEmpty && radius.flows.isEmpty)
    }
}
