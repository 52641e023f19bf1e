import CatalogModel
import OTLPCoding
import SourceDiagnostics
import Testing
import TraceModel

@testable import FlowMatching

/// A catalog from text, which must be free of errors.
private func catalog(_ text: String) throws -> Catalog {
    let loaded = loadCatalog(texts: [("catalog.yaml", text)])
    try #require(loaded.diagnostics.isEmpty, "\(loaded.diagnostics.map(\.message))")
    return loaded.catalog
}

private func observed(
    _ kind: EdgeKind, _ from: String, _ to: String, count: Int = 1, system: String = "", detail: String = ""
) -> ObservedEdge {
    var figures = EdgeFigures()
    figures.count = count
    figures.deliveries = count
    return ObservedEdge(key: EdgeKey(kind: kind, from: from, to: to, system: system, detail: detail), figures: figures)
}

/// `consumes orders -> 알림 undocumented 3`
private func describe(_ graph: FlowGraph) -> [String] {
    graph.edges.map { edge in
        var line = "\(edge.kind.rawValue) \(edge.from) -> \(edge.to)"
        if edge.isCallBack { line += " call-back" }
        if !edge.isDocumented { line += " undocumented" }
        if !edge.isObserved { line += " unobserved" }
        if edge.isObserved { line += " \(edge.figures.count)" }
        return line
    }
}

@Suite struct FlowGraphTests {
    private static let text = """
        services:
          order:
            telemetry-names: [order-service, 주문-서비스]
            calls: [{service: member, protocol: grpc}]
            publishes: [order.completed]
          member: {}
          notification:
            subscribes: [notification-orders]
        topics:
          order.completed:
            broker: aws-sns
            telemetry-names: ["arn:aws:sns:ap-northeast-2:123456789012:order-completed", "order.{region}.completed"]
            delivers-to: [notification-orders]
        queues:
          notification-orders: { broker: aws-sqs }
        """

    @Test func `without spans everything documented is unobserved`() throws {
        #expect(
            try describe(FlowGraph(catalog: catalog(Self.text), observed: [])) == [
                "calls order -> member unobserved", "consumes notification-orders -> notification unobserved",
                "delivers order.completed -> notification-orders unobserved",
                "publishes order -> order.completed unobserved",
            ])
    }

    @Test func `observed names are brought to the catalog's, and their figures added up`() throws {
        let graph = try FlowGraph(
            catalog: catalog(Self.text),
            observed: [
                observed(.publishes, "order-service", "order-completed", count: 3),
                observed(.publishes, "주문-서비스", "order.kr.completed", count: 4),
                observed(.consumes, "notification-orders", "notification", count: 7),
            ])
        #expect(
            describe(graph) == [
                "calls order -> member unobserved", "consumes notification-orders -> notification 7",
                "delivers order.completed -> notification-orders unobserved", "publishes order -> order.completed 7",
            ])
    }

    @Test func `what only spans know is undocumented`() throws {
        let graph = try FlowGraph(
            catalog: catalog(Self.text),
            observed: [
                observed(.consumes, "order-completed", "marketing", count: 2), observed(.publishes, "old-job", "감사.로그"),
            ])
        #expect(describe(graph).contains("consumes order.completed -> marketing undocumented 2"))
        #expect(describe(graph).contains("publishes old-job -> 감사.로그 undocumented 1"))
        let channel = try #require(graph.channels.first { $0.name == "감사.로그" })
        #expect(!channel.isDocumented && channel.isObserved && channel.kind == nil)
    }

    @Test func `an undocumented call from a subscriber to its publisher is a call back`() throws {
        let graph = try FlowGraph(
            catalog: catalog(Self.text),
            observed: [
                observed(.calls, "notification", "order"), observed(.calls, "member", "order"),
                observed(.calls, "order", "member", system: "grpc", detail: "shop.Member/Get"),
            ])
        #expect(describe(graph).contains("calls notification -> order call-back undocumented 1"))
        #expect(describe(graph).contains("calls member -> order undocumented 1"))
        #expect(describe(graph).contains("calls order -> member 1"))
    }

    @Test func `a call back is one however many routes lie between`() throws {
        let text = """
            services: { order: { publishes: [a] }, mail: { subscribes: [c] } }
            topics: { a: { delivers-to: [b] }, b: { delivers-to: [c] } }
            queues: { c: {} }
            """
        let graph = try FlowGraph(catalog: catalog(text), observed: [observed(.calls, "mail", "order")])
        #expect(describe(graph).contains("calls mail -> order call-back undocumented 1"))
    }

    @Test func `subscribers behind a route are subscribers of the topic`() throws {
        let graph = try FlowGraph(catalog: catalog(Self.text), observed: [])
        #expect(graph.subscribers(of: "order.completed").map(\.to) == ["notification"])
        #expect(graph.inbound(to: "notification-orders").map(\.from) == ["order.completed"])
    }
}

@Suite struct FlowMatcherTests {
    private static let text = """
        services:
          order: { publishes: [orders] }
          billing: { subscribes: [orders] }
          알림: { subscribes: [orders] }
        topics: { orders: { broker: kafka } }
        flows:
          예매:
            style: choreography
            steps: [order publishes orders, billing handles orders, 알림 handles orders]
        """

    private func conversation(_ hops: [Hop], _ state: ConversationState = .complete) -> Conversation {
        Conversation(
            id: "c", correlationID: "c", traces: [], services: [], spans: [], hops: hops, state: state, start: 0, end: 9
        )
    }

    private let published = Hop(kind: .publishes, from: "order", to: "orders", channel: "orders", time: 1_000)
    private func handled(_ service: String) -> Hop {
        Hop(kind: .consumes, from: "order", to: service, channel: "orders", time: 2_000)
    }

    private func matcher() throws -> FlowMatcher {
        let catalog = try catalog(Self.text)
        let graph = FlowGraph(
            catalog: catalog,
            observed: ["billing", "알림"].map { observed(.consumes, "orders", $0) } + [
                observed(.publishes, "order", "orders")
            ])
        return FlowMatcher(catalog: catalog, graph: graph)
    }

    @Test func `the flow is the one of which most is seen`() throws {
        let progress = try #require(try matcher().progress(of: conversation([published, handled("billing")])))
        #expect(progress.flow == "예매")
        #expect(progress.isSeen == [true, true, false])
        #expect(try matcher().progress(of: conversation([])) == nil)
    }

    @Test func `a match names the steps that are missing and what no step expects`() throws {
        let call = Hop(kind: .calls, from: "billing", to: "order", time: 3_000)
        let shown = conversation([published, handled("billing"), call, call, handled("통계")])
        let match = try #require(try matcher().progress(of: shown))
        #expect(match.missing.map(\.description) == ["알림 handles orders"])
        #expect(match.unexpected.map(\.description) == ["billing calls order", "통계 handles orders"])
        let whole = try #require(
            try matcher().progress(of: conversation([published, handled("billing"), handled("알림")])))
        #expect(whole.missing.isEmpty && whole.unexpected.isEmpty)
    }

    @Test func `a subscriber that has not handled a message is waited for, and after a while missed`() throws {
        let waiting = conversation([published, handled("billing")])
        #expect(try matcher().state(of: waiting, now: 2_000) == .inProgress)
        #expect(try matcher().state(of: waiting, now: 1_000 + FlowMatcher.patience + 1) == .stalled)
        let done = conversation([published, handled("billing"), handled("알림")])
        #expect(try matcher().state(of: done, now: .max) == .complete)
        #expect(try matcher().state(of: conversation([published], .failed), now: .max) == .failed)
    }

    @Test func `the parent of a span is waited for as long as exporters take`() throws {
        var fresh = conversation([])
        let trace = TraceID(high: 0, low: 7)
        fresh.spans = [
            Span(
                trace: trace, id: SpanID(bits: 2), parent: SpanID(bits: 1), name: "GetBalance", service: "member",
                start: 1_000, end: 2_000, reading: SpanReading())
        ]
        fresh.end = 2_000
        #expect(try matcher().state(of: fresh, now: 3_000) == .inProgress)
        #expect(try matcher().state(of: fresh, now: 2_000 + FlowMatcher.exportTime) == .complete)
        // What called a server may never tell of it.
        fresh.spans[0].kind = .server
        #expect(try matcher().state(of: fresh, now: 3_000) == .complete)
        fresh.spans[0].kind = .client
        #expect(try matcher().state(of: fresh, now: 3_000) == .inProgress)
        fresh.spans.append(
            Span(
                trace: trace, id: SpanID(bits: 1), parent: SpanID(bits: 0), name: "POST /orders", service: "order",
                start: 500, end: 2_500, reading: SpanReading()))
        #expect(try matcher().state(of: fresh, now: 3_000) == .complete)
    }
}
