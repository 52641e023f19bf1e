import CatalogModel
import Dashboard
import FlowMatching
import OTLPCoding
import SourceDiagnostics
import TraceModel

/// A small concert-booking system with one of everything that the screens speak of, at one fixed moment.
enum Sample {
    /// 2026-01-15 09:00:00 UTC.
    static let now: UInt64 = 1_768_467_600_000_000_000
    static let millisecond: UInt64 = 1_000_000

    // MARK: - Catalog

    static var catalog: Catalog {
        var catalog = Catalog()
        catalog.about.title = "콘서트 예매"
        catalog.services = [
            service("gateway", "API 게이트웨이", .gateway, line: 3),
            service("inventory", "재고", .service, line: 40),
            service("member", "회원", .service, line: 60),
            service("notification", "알림", .service, line: 80),
            service("order", "주문", .orchestrator, line: 12),
            service("payment", "결제", .service, line: 100),
            service("settlement", "정산", .service, line: 120),
        ]
        catalog.services[4].telemetryNames = [Located("order-svc", place("services/order.yaml", 14))]
        catalog.channels = [
            channel("inventory-orders", "재고 주문 큐", .queue, "aws-sqs", line: 30),
            channel("notification-orders", "알림 주문 큐", .queue, "aws-sqs", line: 36),
            channel("order.cancelled", "주문 취소", .topic, "aws-sns", line: 12),
            channel("order.completed", "주문 완료", .topic, "aws-sns", line: 2),
            channel("payment.completed", "결제 완료", .topic, "kafka", line: 22),
            channel("seat.counts", "실시간 좌석 수", .topic, "redis-pubsub", line: 26),
            channel("settlement-dlq", "정산 실패 보관함", .queue, "aws-sqs", line: 46),
            channel("settlement-orders", "정산 주문 큐", .queue, "aws-sqs", line: 42),
        ]
        catalog.channels[7].deadLetter = Located("settlement-dlq", place("channels.yaml", 44))
        catalog.channels[3].telemetryNames = [Located("order-completed", place("channels.yaml", 8))]
        catalog.channels[3].delivery = Located("at-least-once", place("channels.yaml", 5))
        catalog.flows = [bookingFlow]
        return catalog
    }

    private static var bookingFlow: Flow {
        var flow = Flow(name: "concert-booking", span: place("flows.yaml", 2))
        flow.documentation.title = "콘서트 예매"
        flow.documentation.owner = "team-order"
        flow.style = Located(.choreography, place("flows.yaml", 4))
        flow.steps = [
            step("gateway", .calls, "order", 5), step("order", .calls, "payment", 6),
            step("order", .publishes, "order.completed", 7),
            step("inventory", .handles, "inventory-orders", 8),
            step("notification", .handles, "notification-orders", 9),
        ]
        return flow
    }

    private static func step(_ service: String, _ action: Flow.Step.Action, _ target: String, _ line: Int) -> Flow.Step
    {
        Flow.Step(
            service: Located(service, place("flows.yaml", line)), action: action,
            target: Located(target, place("flows.yaml", line)), span: place("flows.yaml", line))
    }

    private static func service(_ name: String, _ title: String, _ kind: ServiceKind, line: Int) -> Service {
        var service = Service(name: name, span: place("services.yaml", line))
        service.documentation.title = title
        service.documentation.owner = "team-\(name)"
        service.kind = kind
        return service
    }

    private static func channel(
        _ name: String, _ title: String, _ kind: Channel.Kind, _ system: String, line: Int
    ) -> Channel {
        var channel = Channel(name: name, span: place("channels.yaml", line), kind: kind)
        channel.documentation.title = title
        channel.documentation.owner = "team-order"
        channel.system = MessagingSystem(rawValue: system)
        return channel
    }

    static func place(_ file: String, _ line: Int) -> SourceSpan {
        SourceSpan(file: "catalog/\(file)", line: line, column: 3, endColumn: 9)
    }

    static let findings = CatalogFindings(
        diagnostics: [
            Diagnostic(
                rule: "unknown-reference", severity: .error,
                message: "'settlement' subscribes to 'order.payed', which is not a topic or a queue",
                span: SourceSpan(file: "catalog/services.yaml", line: 2, column: 7, endColumn: 18),
                label: "no such channel", help: "did you mean 'order.paid'?"),
            Diagnostic(
                rule: "missing-owner", severity: .warning, message: "the channel '좌석' has no owner",
                span: SourceSpan(file: "catalog/channels.yaml", line: 3, column: 3, endColumn: 5), label: "no owner"),
        ],
        sources: [
            SourceFile(path: "catalog/services.yaml", text: "    subscribes:\n    - order.payed\n"),
            SourceFile(path: "catalog/channels.yaml", text: "topics:\n\n  좌석:\n"),
        ], filesChecked: 12)

    // MARK: - Graph

    static var graph: FlowGraph {
        var graph = FlowGraph()
        graph.channels = catalog.channels.map { channel in
            ChannelNode(
                name: channel.name, title: channel.documentation.title, kind: channel.kind,
                system: channel.system?.rawValue ?? "", owner: channel.documentation.owner, isDocumented: true,
                isObserved: channel.name != "seat.counts" && channel.name != "settlement-dlq")
        }
        graph.channels.insert(
            ChannelNode(name: "audit.mystery", system: "kafka", isObserved: true), at: 0)
        graph.services = catalog.services.map { service in
            ServiceNode(
                name: service.name, title: service.documentation.title, kind: service.kind,
                owner: service.documentation.owner, isDocumented: true, isObserved: true)
        }
        graph.services.insert(ServiceNode(name: "legacy-job", isObserved: true), at: 2)
        graph.edges = [
            edge(.calls, "gateway", "order", "rest", operation: "POST /orders", count: 2_460, work: 201),
            edge(.calls, "order", "member", "grpc", operation: "booking.Member/GetBalance", count: 2_460, work: 18),
            edge(
                .calls, "order", "payment", "grpc", operation: "booking.Payment/Charge", count: 2_460, errors: 30,
                work: 71),
            edge(.consumes, "audit.mystery", "settlement", "kafka", count: 180, wait: 12, work: 3, documented: false),
            edge(
                .consumes, "inventory-orders", "inventory", "aws-sqs", count: 2_460, wait: 44, work: 12, duplicates: 2),
            edge(.consumes, "notification-orders", "notification", "aws-sqs", count: 2_394, wait: 38, work: 21),
            edge(
                .consumes, "payment.completed", "inventory", "kafka", group: "inventory", count: 740, errors: 9,
                wait: 112, work: 8),
            edge(.consumes, "seat.counts", "gateway", "redis-pubsub", observed: false),
            edge(.consumes, "settlement-orders", "settlement", "aws-sqs", count: 2_460, wait: 51, work: 9),
            edge(.delivers, "order.completed", "inventory-orders", "aws-sns", count: 2_460),
            edge(.delivers, "order.completed", "notification-orders", "aws-sns", count: 2_394),
            edge(.delivers, "order.completed", "settlement-orders", "aws-sns", count: 2_460),
            edge(.publishes, "inventory", "seat.counts", "redis-pubsub", observed: false),
            edge(.publishes, "legacy-job", "audit.mystery", "kafka", count: 180, documented: false),
            edge(.publishes, "order", "order.cancelled", "aws-sns", count: 4),
            edge(.publishes, "order", "order.completed", "aws-sns", count: 2_460),
            edge(.publishes, "payment", "payment.completed", "kafka", count: 740),
        ]
        return graph
    }

    /// An edge; `wait` and `work` in milliseconds.
    static func edge(
        _ kind: EdgeKind, _ from: String, _ to: String, _ system: String = "kafka", group: String = "",
        operation: String = "", count: Int = 0, errors: Int = 0, wait: UInt64? = nil, work: UInt64? = nil,
        duplicates: Int = 0, documented: Bool = true, observed: Bool = true
    ) -> FlowEdge {
        var figures = EdgeFigures()
        figures.count = count
        figures.deliveries = count
        figures.errors = errors
        figures.duplicates = duplicates
        if count > 0 {
            figures.firstSeen = now - 3_600_000 * millisecond
            figures.lastSeen = now - 3_000 * millisecond
        }
        if kind == .consumes, count > 0 { figures.joinedBy = [.link: count] }
        if let wait { figures.wait.record(wait * millisecond, times: count) }
        if let work { figures.work.record(work * millisecond, times: count) }
        return FlowEdge(
            kind: kind, from: from, to: to, system: system, group: group, operation: operation,
            isDocumented: documented, isObserved: observed, figures: figures,
            span: documented ? place("services.yaml", 50) : nil)
    }

    // MARK: - Drift

    /// What the drift rules say of the catalog, the graph and two examples.
    static var drift: DriftReport {
        var evidence = Evidence()
        evidence.spans = 48_100
        for ends in [
            EdgeEnds(.publishes, "legacy-job", "audit.mystery"), EdgeEnds(.consumes, "audit.mystery", "settlement"),
        ] {
            evidence.edges[ends] = Examples()
            evidence.edges[ends]?.note(TraceID(high: 0, low: 77), at: now - 3_000 * millisecond)
        }
        let again = EdgeEnds(.consumes, "inventory-orders", "inventory")
        evidence.duplicates[again] = Examples()
        evidence.duplicates[again]?.note(TraceID(high: 0, low: 2), at: now - 2_000 * millisecond)
        evidence.duplicates[again]?.note(TraceID(high: 0, low: 78), at: now - 600_000 * millisecond)
        let context = DriftContext(catalog: catalog, graph: graph, evidence: evidence)
        return DriftReport(findings: driftFindings(in: context), window: .fiveMinutes)
    }

    // MARK: - Snapshot

    static var snapshot: LiveSnapshot {
        var snapshot = LiveSnapshot()
        snapshot.time = now
        snapshot.health.spans = 48_100
        snapshot.health.spansPerSecond = Array(repeating: 1_200, count: 60)
        snapshot.health.rejected = 3
        snapshot.health.lastRejection = "malformed trace id"
        snapshot.health.listening = ["127.0.0.1:4318"]
        // How far each five seconds are from the mean, in percent.
        let swing = [-50, -30, 0, 20, 50, 30, 0, -20, -40, 10, 20, 10]
        for (kind, from, to, level) in [
            (EdgeKind.calls, "gateway", "order-svc", 41), (.calls, "order-svc", "member", 41),
            (.calls, "order-svc", "payment", 41), (.publishes, "order-svc", "order-completed", 41),
            (.delivers, "order.completed", "inventory-orders", 41),
            (.delivers, "order.completed", "notification-orders", 40),
            (.delivers, "order.completed", "settlement-orders", 41), (.consumes, "inventory-orders", "inventory", 41),
            (.consumes, "notification-orders", "notification", 40),
            (.consumes, "settlement-orders", "settlement", 41), (.publishes, "payment", "payment.completed", 12),
            (.consumes, "payment.completed", "inventory", 12), (.publishes, "legacy-job", "audit.mystery", 3),
            (.consumes, "audit.mystery", "settlement", 3),
        ] {
            snapshot.rates[EdgeKey(kind: kind, from: from, to: to)] = (0..<60).map {
                level + level * swing[$0 / 5] / 100
            }
        }
        snapshot.conversations = [booking, failed, running]
        return snapshot
    }

    /// The conversation of the waterfall: REST, gRPC, a message to two queues, one of them handled twice.
    static var booking: Conversation {
        let pieces = Pieces(trace: 1, at: now - 2_000 * millisecond)
        let second = Pieces(trace: 2, at: pieces.start)
        let spans = [
            pieces.span(1, "gateway", "POST /orders", 0, 212, role: .server),
            pieces.span(2, "order-svc", "POST /orders", 6, 207, parent: 1, role: .server),
            pieces.span(3, "member", "booking.Member/GetBalance", 14, 32, parent: 2, role: .server),
            pieces.span(4, "payment", "booking.Payment/Charge", 40, 111, parent: 2, role: .server),
            pieces.span(
                5, "order-svc", "order-completed publish", 200, 202, parent: 2, role: .publish, "order-completed"),
            pieces.span(6, "notification", "process", 240, 261, parent: 5, role: .process, "notification-orders"),
            second.span(7, "inventory", "process", 246, 258, role: .process, "inventory-orders"),
            second.span(8, "inventory", "process", 398, 412, role: .process, "inventory-orders"),
        ]
        let hops = [
            pieces.call("gateway", "order-svc", "POST /orders", 1, 2), pieces.call("order-svc", "member", "", 2, 3),
            pieces.call("order-svc", "payment", "booking.Payment/Charge", 2, 4),
            pieces.publication("order-svc", "order-completed", 5),
            pieces.message("order-svc", "notification", "notification-orders", 5, 6, in: pieces, wait: 38, .parent),
            pieces.message("order-svc", "inventory", "inventory-orders", 5, 7, in: second, wait: 44, .link),
            pieces.message(
                "order-svc", "inventory", "inventory-orders", 5, 8, in: second, wait: 196, .link, attempt: 2),
        ]
        return conversation("7f3a90c2-콘서트", spans, hops, .duplicated)
    }

    static var failed: Conversation {
        let pieces = Pieces(trace: 3, at: now - 65_000 * millisecond)
        var payment = pieces.span(2, "payment", "booking.Payment/Charge", 10, 80, parent: 1, role: .server)
        payment.kind = .server
        payment.status = .error
        payment.statusMessage = "카드가 거절되었습니다"
        payment.attributes = [Attribute("rpc.grpc.status_code", 9), Attribute("booking.seat", "A열 12번")]
        payment.events = [
            SpanEvent(
                name: "exception", time: payment.start + 60 * millisecond,
                attributes: [Attribute("exception.type", "CardDeclined")])
        ]
        payment.links = [SpanLink(trace: TraceID(high: 0, low: 9), span: SpanID(bits: 9))]
        var call = pieces.call("order-svc", "payment", "booking.Payment/Charge", 1, 2)
        call.isError = true
        return conversation(
            "declined", [pieces.span(1, "order-svc", "POST /orders", 0, 90, role: .server), payment],
            [pieces.call("gateway", "order-svc", "POST /orders", 0, 1), call], .failed)
    }

    static var running: Conversation {
        let pieces = Pieces(trace: 4, at: now - 90_000 * millisecond)
        return conversation(
            "0000000000000000", [pieces.span(1, "legacy-job", "tick", 0, 3)], [], .inProgress)
    }

    static func conversation(
        _ id: String, _ spans: [Span], _ hops: [Hop] = [], _ state: ConversationState = .complete
    ) -> Conversation {
        Conversation(
            id: id, correlationID: id, traces: Set(spans.map(\.trace)).sorted(),
            services: Set(spans.map(\.service)).sorted(), spans: spans, hops: hops, state: state,
            start: spans.map(\.start).min() ?? now, end: spans.map(\.end).max() ?? now)
    }

    /// Makes spans and hops of one trace; times in milliseconds after its start.
    struct Pieces {
        var trace: UInt64
        var start: UInt64

        init(trace: UInt64, at start: UInt64) {
            self.trace = trace
            self.start = start
        }

        func key(_ id: UInt64) -> SpanKey { SpanKey(trace: TraceID(high: 0, low: trace), span: SpanID(bits: id)) }

        func span(
            _ id: UInt64, _ service: String, _ name: String, _ from: UInt64, _ to: UInt64, parent: UInt64 = 0,
            role: SpanRole = .other, _ channel: String = ""
        ) -> Span {
            var reading = SpanReading()
            reading.role = role
            reading.channel = channel
            return Span(
                trace: TraceID(high: 0, low: trace), id: SpanID(bits: id), parent: SpanID(bits: parent), name: name,
                service: service, start: start + from * millisecond, end: start + to * millisecond, reading: reading)
        }

        func call(_ from: String, _ to: String, _ operation: String, _ caller: UInt64, _ callee: UInt64) -> Hop {
            Hop(
                kind: .calls, from: from, to: to, system: "grpc", operation: operation, fromSpan: key(caller),
                toSpan: key(callee), evidence: .parent, time: start)
        }

        func publication(_ from: String, _ channel: String, _ publisher: UInt64) -> Hop {
            Hop(
                kind: .publishes, from: from, to: channel, channel: channel, system: "aws-sns",
                fromSpan: key(publisher), time: start + 202 * millisecond)
        }

        func message(
            _ from: String, _ to: String, _ channel: String, _ publisher: UInt64, _ consumer: UInt64,
            in other: Pieces, wait: Int64, _ evidence: JoinEvidence, attempt: Int = 1
        ) -> Hop {
            Hop(
                kind: .consumes, from: from, to: to, channel: channel, publishedTo: "order-completed",
                system: "aws-sqs", fromSpan: key(publisher), toSpan: other.key(consumer), evidence: evidence,
                attempt: attempt, time: start + 202 * millisecond, wait: wait * Int64(millisecond))
        }
    }
}
