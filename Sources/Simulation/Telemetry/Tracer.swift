import OTLPCoding

typealias Attributes = [(String, OTLPValue)]

/// Makes the spans of one service and hands the finished ones to its exporter.
final class Tracer: Sendable {
    /// The `service.name` of the spans.
    let service: String
    let ids: IDSource
    private let queue: SpanQueue

    init(service: String, ids: IDSource, queue: SpanQueue) {
        self.service = service
        self.ids = ids
        self.queue = queue
    }

    /// Begins a span now.
    /// - Parameters:
    ///   - parent: Nil for the root of a new trace.
    ///   - remote: Whether the parent came over the wire.
    func start(
        _ name: String, _ kind: SpanKind, by instrumentation: Instrumentation, in parent: TraceContext?,
        remote: Bool = false, attributes: Attributes = []
    ) -> ActiveSpan {
        ActiveSpan(
            record: OTLPSpan(
                trace: parent?.trace ?? ids.trace(), id: ids.span(), parent: parent?.span ?? SpanID(bits: 0),
                kind: kind, name: name, start: unixNanoseconds(), end: 0, attributes: attributes,
                flags: remote ? 0x300 : 0x100),
            instrumentation: instrumentation)
    }

    /// Ends a span now.
    func end(_ span: ActiveSpan) {
        var record = span.record
        record.end = unixNanoseconds()
        queue.put(FinishedSpan(record: record, instrumentation: span.instrumentation))
    }
}

/// A span that has begun. One that never ends, because its service stopped, is never sent: as in life.
struct ActiveSpan: Sendable {
    fileprivate(set) var record: OTLPSpan
    let instrumentation: Instrumentation

    /// What is carried to whatever the span causes.
    var context: TraceContext { TraceContext(trace: record.trace, span: record.id) }

    mutating func set(_ key: String, _ value: OTLPValue) { record.attributes.append((key, value)) }

    mutating func link(_ context: TraceContext) {
        record.links.append(OTLPLink(trace: context.trace, span: context.span))
    }

    /// Records an exception the way the SDKs do: an event and the status.
    mutating func fail(_ type: String, _ message: String) {
        markFailed("\(type): \(message)")
        record.events.append(
            OTLPEvent(
                name: "exception", time: unixNanoseconds(),
                attributes: [
                    ("exception.type", .string(type)), ("exception.message", .string(message)),
                    ("exception.escaped", "False"),
                ]))
    }

    mutating func markFailed(_ message: String = "") {
        record.status = .error
        record.statusMessage = message
    }
}

/// A span as its exporter keeps it.
struct FinishedSpan: Sendable {
    let record: OTLPSpan
    let instrumentation: Instrumentation
}
