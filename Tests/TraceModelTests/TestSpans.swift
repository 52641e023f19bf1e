import OTLPCoding
import TraceModel

/// Spans as tests write them: who, what, when, and what they name.
///
///     span("order", .producer, "order.completed send", 10...12, ["messaging.system": "kafka", …], parent: request)
struct TestSpan {
    var service: String
    var scope = "test"
    var otlp: OTLPSpan

    var key: SpanKey { SpanKey(trace: otlp.trace, span: otlp.id) }

    func linked(to others: TestSpan...) -> TestSpan {
        var copy = self
        copy.otlp.links += others.map { OTLPLink(trace: $0.otlp.trace, span: $0.otlp.id) }
        return copy
    }

    func failing() -> TestSpan {
        var copy = self
        copy.otlp.status = .error
        return copy
    }

    func scoped(_ scope: String) -> TestSpan {
        var copy = self
        copy.scope = scope
        return copy
    }
}

/// Makes spans with ids that count up from one, so that a failure reads the same every time.
struct TestSpans {
    private var last: UInt64 = 0
    /// The minute that tests begin in: 2026-01-15T09:00:00Z, in nanoseconds.
    static let epoch: UInt64 = 1_768_467_600_000_000_000

    /// A span of a service; times are milliseconds after `epoch`. Without a parent it begins a trace of its own.
    mutating func span(
        _ service: String, _ kind: SpanKind, _ name: String, _ time: ClosedRange<UInt64>,
        _ attributes: [(String, OTLPValue)] = [], parent: TestSpan? = nil
    ) -> TestSpan {
        last += 1
        return TestSpan(
            service: service,
            otlp: OTLPSpan(
                trace: parent?.otlp.trace ?? TraceID(high: 7, low: last), id: SpanID(bits: last),
                parent: parent?.otlp.id ?? SpanID(bits: 0), kind: kind, name: name,
                start: Self.epoch + time.lowerBound * 1_000_000, end: Self.epoch + time.upperBound * 1_000_000,
                attributes: attributes))
    }

    mutating func publish(
        _ service: String, _ channel: String, _ time: UInt64, id: String? = nil, correlation: String? = nil,
        system: String = "kafka", parent: TestSpan? = nil
    ) -> TestSpan {
        span(
            service, .producer, "\(channel) send", time...time + 1,
            Self.attributes(channel, "publish", system, id, correlation), parent: parent)
    }

    mutating func process(
        _ service: String, _ channel: String, _ time: UInt64, id: String? = nil, correlation: String? = nil,
        system: String = "kafka", operation: String = "process", parent: TestSpan? = nil
    ) -> TestSpan {
        span(
            service, .consumer, "\(channel) \(operation)", time...time + 5,
            Self.attributes(channel, operation, system, id, correlation), parent: parent)
    }

    private static func attributes(
        _ channel: String, _ operation: String, _ system: String, _ id: String?, _ correlation: String?
    ) -> [(String, OTLPValue)] {
        var attributes: [(String, OTLPValue)] = [
            ("messaging.system", .string(system)), ("messaging.destination.name", .string(channel)),
            ("messaging.operation.type", .string(operation)),
        ]
        if let id { attributes.append(("messaging.message.id", .string(id))) }
        if let correlation { attributes.append(("messaging.message.conversation_id", .string(correlation))) }
        return attributes
    }
}

/// The spans as a collector would get them: encoded, decoded, and read by the conventions table.
func batch(_ spans: [TestSpan]) throws -> OTLPBatch {
    let resources = spans.map { span in
        OTLPResource(
            attributes: [("service.name", .string(span.service))],
            scopes: [OTLPScope(name: span.scope, spans: [span.otlp])])
    }
    return try OTLPBatch.decode(protobuf: OTLPRequest(resources: resources).encoded())
}

func facts(_ spans: [TestSpan]) throws -> [SpanFact] {
    var reader = SpanReader()
    return try reader.facts(of: batch(spans))
}

/// What a joiner says of the spans, one line an edge: `consumes orders -> billing: 2 deliveries of 1, link 2`.
func edges(_ spans: [TestSpan], routes: ChannelRoutes = ChannelRoutes()) throws -> [String] {
    var joiner = Joiner(routes: routes)
    _ = joiner.add(try facts(spans))
    return describe(joiner.hops, joiner)
}

func describe(_ hops: [JoinedHop], _ joiner: Joiner) -> [String] {
    Dictionary(grouping: hops) { joiner.edge(of: $0) }.sorted { $0.key < $1.key }.map { key, hops in
        let count = hops.reduce(0) { $0 + Int($1.messages) }
        var line = "\(key.kind.rawValue) \(key.from) -> \(key.to): \(count)"
        let first = hops.reduce(0) { $0 + ($1.attempt == 1 ? Int($1.messages) : 0) }
        if first != count { line += " of \(first)" }
        let duplicates = hops.count { $0.isDuplicate }
        if duplicates > 0 { line += ", \(duplicates) again" }
        let evidence = Dictionary(grouping: hops.compactMap(\.evidence)) { $0 }.sorted { $0.key < $1.key }
        for (evidence, hops) in evidence { line += ", \(evidence.rawValue) \(hops.count)" }
        return line
    }
}
