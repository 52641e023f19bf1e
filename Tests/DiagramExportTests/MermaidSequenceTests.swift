import FlowMatching
import Testing
import TraceModel

@testable import DiagramExport

@Suite struct MermaidSequenceTests {
    private func conversation(_ hops: [Hop]) -> Conversation {
        Conversation(
            id: "c-1", correlationID: "c-1", traces: [], services: ["a", "b"], spans: [], hops: hops,
            state: .duplicated,
            start: 0, end: 3_200_000_000)
    }

    private func statements(_ hops: [Hop]) throws -> [String] {
        try MermaidSequence(conversation: conversation(hops)).render().split(separator: "\n").map {
            $0.drop { $0 == " " }
        }.filter { $0.contains(": ") && !$0.hasPrefix("acc") && !$0.hasPrefix("title") }.map(String.init)
    }

    @Test func `a booking with a redelivery, whole`() throws {
        let text = try MermaidSequence(
            conversation: conversation([
                Hop(
                    kind: .calls, from: "gateway", to: "order", operation: "POST /orders", time: 0, wait: 1_000_000,
                    work: 41_000_000),
                Hop(kind: .publishes, from: "order", to: "order-completed", time: 20_000_000),
                Hop(
                    kind: .consumes, from: "order", to: "정산", channel: "settlement-orders",
                    publishedTo: "order-completed", attempt: 1, isError: true, time: 58_000_000, wait: 38_000_000,
                    work: 9_400_000),
                Hop(
                    kind: .consumes, from: "order", to: "정산", channel: "settlement-orders",
                    publishedTo: "order-completed", attempt: 2, time: 3_100_000_000, wait: 3_080_000_000,
                    work: 20_000),
            ])
        ).render()
        #expect(
            text == """
                ---
                title: "c-1"
                ---
                sequenceDiagram
                    accTitle: c-1
                    accDescr: 2 services, 4 hops, 3.2s, duplicated

                    participant s_gateway as gateway
                    participant s_order as order
                    participant c_order_completed as order-completed
                    participant s_x as 정산

                    s_gateway->>s_order: POST /orders
                    s_order-)c_order_completed: publish
                    s_order-->>s_gateway: 41ms
                    c_order_completed-xs_x: via settlement-orders
                    Note over s_x: failed<br/>waited 38ms<br/>handled in 9.4ms
                    c_order_completed-)s_x: via settlement-orders
                    Note over s_x: again: delivery 2<br/>waited 3.1s<br/>handled in #60;0.1ms

                """)
    }

    @Test func `a failed call is answered with a cross`() throws {
        let hop = Hop(kind: .calls, from: "a", to: "b", system: "grpc", isError: true, time: 5, work: 2_000_000)
        #expect(try statements([hop]) == ["s_a->>s_b: grpc", "s_b--xs_a: 2.0ms", "Note over s_b: failed"])
    }

    @Test func `polling is drawn once and counted`() throws {
        let polls = (0..<7).map { number in
            Hop(
                kind: .calls, from: "a", to: "b", operation: "GET /status", time: UInt64(number) * 100_000_000, work: 9)
        }
        let done = Hop(kind: .consumes, from: "b", to: "c", channel: "q", time: 550_000_000, wait: 0)
        #expect(
            try statements(polls + [done])
                == [
                    "s_a->>s_b: GET /status, 7 times", "c_q-)s_c: deliver", "Note over s_c: waited 0ms",
                    "s_b-->>s_a: last answer",
                ])
    }

    @Test func `what is not known is said`() throws {
        let hops = [
            Hop(kind: .consumes, from: nil, to: "b", channel: "q", time: 1),
            Hop(kind: .consumes, from: "a", to: "b", channel: "q", time: 2, wait: -5),
            Hop(kind: .calls, from: nil, to: "b", operation: "GET /", time: 3, work: 1_500_000),
        ]
        #expect(
            try statements(hops) == [
                "c_q-)s_b: deliver", "Note over s_b: publisher unknown", "c_q-)s_b: deliver",
                "Note over s_b: before it was published: clocks disagree",
                "s_unknown->>s_b: GET /", "s_b-->>s_unknown: 1.5ms",
            ])
    }

    @Test func `a note says what failed, and what a reader must know`() throws {
        var talk = conversation([
            Hop(
                kind: .consumes, from: "a", to: "b", channel: "q", isError: true, time: 4, wait: 0)
        ])
        talk.warnings = ["a clock was corrected"]
        let text = try MermaidSequence(conversation: talk).render()
        #expect(text.contains("Note over s_b: failed<br/>waited 0ms\n"))
        #expect(text.contains("Note over c_q: a clock was corrected\n"))
    }

    @Test func `a long conversation is cut and says so`() throws {
        let hops = (0..<500).map { Hop(kind: .publishes, from: "a", to: "t\($0 % 3)", time: UInt64($0)) }
        let statements = try statements(hops)
        #expect(statements.count == MermaidSequence.maximumArrows + 1)
        #expect(statements.last == "Note over s_a: 300 more arrows left out")
    }
}
