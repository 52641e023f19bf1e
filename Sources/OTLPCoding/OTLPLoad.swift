/// Makes requests as a busy fleet sends them, for measuring: the same numbers give the same bytes.
///
/// A trace is one order: a request to the gateway, a call to the order service, which writes its table and publishes
/// `order.placed`; payment and notification each process that message. On average a span has 12.7 attributes and takes
/// 575 bytes; consumers carry a link to the producer, and one span in eight has an event.
public enum OTLPLoad {
    /// Encoded requests of exactly `spansPerRequest` spans each; a trace that does not fit goes on in the next.
    ///
    /// - Parameters:
    ///   - seed: Trace and span ids of different seeds differ.
    ///   - start: When the first trace begins, in nanoseconds since the Unix epoch; each next one a millisecond later.
    public static func requests(
        count: Int, spansPerRequest: Int, seed: UInt64 = 1, start: UInt64 = 1_767_225_600_000_000_000
    ) -> [[UInt8]] {
        var random = SplitMix(seed: seed)
        var waiting: [(service: Int, span: OTLPSpan)] = []
        var time = start
        return (0..<count).map { _ in
            while waiting.count < spansPerRequest {
                waiting += OrderTrace(at: time, &random).spans
                time &+= 1_000_000
            }
            let spans = waiting.prefix(spansPerRequest)
            waiting.removeFirst(spansPerRequest)
            return request(of: Array(spans)).encoded()
        }
    }

    private static let services = [
        ("api-gateway", "io.opentelemetry.tomcat-10.0"), ("order-service", "io.opentelemetry.kafka-clients-2.6"),
        ("payment-service", "io.opentelemetry.kafka-clients-2.6"),
        ("notification-service", "opentelemetry.instrumentation.confluent_kafka"),
    ]

    private static func request(of spans: [(service: Int, span: OTLPSpan)]) -> OTLPRequest {
        OTLPRequest(
            resources: services.enumerated().compactMap { index, service in
                let own = spans.filter { $0.service == index }.map(\.span)
                guard !own.isEmpty else { return nil }
                return OTLPResource(
                    attributes: [
                        ("service.name", .string(service.0)), ("service.namespace", "shop"),
                        ("service.version", "2026.3.\(index)"), ("service.instance.id", "\(service.0)-7d9f8-\(index)"),
                        ("deployment.environment.name", "production"), ("telemetry.sdk.language", "java"),
                        ("telemetry.sdk.name", "opentelemetry"), ("telemetry.sdk.version", "1.52.0"),
                        ("process.pid", .int(Int64(4211 + index))), ("host.name", "worker-\(index)"),
                    ],
                    scopes: [OTLPScope(name: service.1, version: "2.18.1-alpha", spans: own)])
            })
    }
}

/// The trace of one order.
private struct OrderTrace {
    private let trace: TraceID
    private let ids: [SpanID]
    private let number: UInt64
    private let correlation: String
    private let time: UInt64

    /// - Parameter time: When it begins, in nanoseconds since the Unix epoch.
    init(at time: UInt64, _ random: inout SplitMix) {
        trace = TraceID(high: random.next(), low: random.next() | 1)
        ids = (0..<8).map { _ in SpanID(bits: random.next() | 1) }
        number = random.next() % 1_000_000
        correlation = "order-\(String(trace.high, radix: 16))"
        self.time = time
    }

    /// The eight spans in the order in which they end, each with the index of its service.
    var spans: [(service: Int, span: OTLPSpan)] {
        let path = "/orders/\(number)"
        let process = { message("process") + group($0) }
        return [
            (1, span(3, in: 2, .client, "INSERT orders", 300, 220, table("INSERT INTO orders VALUES ($1, $2, $3)"))),
            (1, span(4, in: 2, .producer, "send order.placed", 600, 90, message("send"))),
            (1, span(2, in: 1, .server, "POST /orders/{id}", 200, 600, http("POST", path, 201))),
            (0, span(1, in: 0, .client, "POST", 100, 800, http("POST", path, 201))),
            (0, span(0, in: nil, .server, "POST /orders/{id}", 0, 1000, http("POST", path, 201))),
            (2, payment(process("payment"))),
            (2, span(6, in: 5, .client, "INSERT payments", 1400, 300, table("INSERT INTO payments VALUES ($1, $2)"))),
            (
                3,
                linked(
                    span(7, in: 4, .consumer, "process order.placed", 1300 + number % 900, 400, process("notification"))
                )
            ),
        ]
    }

    /// One payment in fifty fails.
    private func payment(_ attributes: [(String, OTLPValue)]) -> OTLPSpan {
        var span = linked(span(5, in: 4, .consumer, "process order.placed", 1200 + number % 700, 900, attributes))
        let hasFailed = number % 50 == 0
        if hasFailed { span.status = .error }
        span.events = [
            OTLPEvent(
                name: hasFailed ? "exception" : "payment.attempt", time: span.start &+ 500,
                attributes: hasFailed
                    ? [
                        ("exception.type", "java.net.SocketTimeoutException"),
                        ("exception.message", "연결 시간 초과: Read timed out"),
                    ] : [("payment.provider", "toss-payments"), ("payment.attempt", 1)])
        ]
        return span
    }

    private func linked(_ span: OTLPSpan) -> OTLPSpan {
        var span = span
        span.links = [OTLPLink(trace: trace, span: ids[4])]
        return span
    }

    /// - Parameters:
    ///   - from: Microseconds from the beginning of the trace.
    private func span(
        _ index: Int, in parent: Int?, _ kind: SpanKind, _ name: String, _ from: UInt64, _ microseconds: UInt64,
        _ attributes: [(String, OTLPValue)]
    ) -> OTLPSpan {
        let start = time &+ from &* 1000
        return OTLPSpan(
            trace: trace, id: ids[index], parent: parent.map { ids[$0] } ?? SpanID(bits: 0), kind: kind, name: name,
            start: start, end: start &+ microseconds &* 1000, attributes: attributes, flags: 0x101)
    }

    private func message(_ operation: String) -> [(String, OTLPValue)] {
        [
            ("messaging.system", "kafka"), ("messaging.destination.name", "order.placed"),
            ("messaging.operation.name", .string(operation)), ("messaging.operation.type", .string(operation)),
            ("messaging.client.id", "producer-order-service-1"),
            ("messaging.destination.partition.id", .string(String(number % 12))),
            ("messaging.kafka.offset", .int(Int64(number &* 3))),
            ("messaging.kafka.message.key", .string("order-\(number)")),
            ("messaging.message.id", .string("\(correlation)-1")),
            ("messaging.message.body.size", .int(Int64(number % 4096))),
            ("messaging.message.conversation_id", .string(correlation)),
            ("server.address", "kafka-0.kafka.svc.cluster.local"), ("server.port", 9092),
            ("thread.name", .string("orders-\(number % 8)")), ("thread.id", .int(Int64(number % 64))),
        ]
    }

    private func group(_ name: String) -> [(String, OTLPValue)] {
        [("messaging.consumer.group.name", .string(name)), ("messaging.kafka.message.tombstone", false)]
    }

    private func http(_ method: String, _ path: String, _ status: Int64) -> [(String, OTLPValue)] {
        [
            ("http.request.method", .string(method)), ("url.path", .string(path)), ("url.scheme", "http"),
            ("url.full", .string("http://order-service.shop.svc:8080\(path)")),
            ("http.route", "/orders/{id}"), ("http.response.status_code", .int(status)),
            ("server.address", "order-service.shop.svc"), ("server.port", 8080),
            ("network.protocol.version", "1.1"), ("user_agent.original", "ReactorNetty/1.2.3"),
            ("network.peer.address", .string("10.12.\(number % 250).7")), ("network.peer.port", 53122),
        ]
    }

    private func table(_ statement: String) -> [(String, OTLPValue)] {
        [
            ("db.system.name", "postgresql"), ("db.namespace", "orders"), ("db.operation.name", "INSERT"),
            ("db.collection.name", "orders"), ("db.query.text", .string(statement)),
            ("server.address", "postgres.shop.svc"), ("server.port", 5432), ("db.response.returned_rows", 1),
        ]
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
private struct SplitMix {
    private var state: UInt64

    /// Numbers of neighbouring seeds have nothing in common: from the seed itself, one would be the other's numbers a
    /// step later.
    init(seed: UInt64) {
        state = seed
        state = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
