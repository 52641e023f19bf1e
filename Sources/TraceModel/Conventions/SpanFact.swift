public import OTLPCoding

/// What joining needs of one span; everything else about it stays in the request.
public struct SpanFact: Sendable, Equatable {
    public var key: SpanKey
    /// Zero for a root; in the same trace as the span.
    public var parent: SpanID
    public var service: String
    /// The instrumentation scope that made the span.
    public var scope: String
    public var reading: SpanReading
    /// The spans that this one links to, in the order sent, at most `maximumLinks`.
    public var links: [SpanKey]
    /// Nanoseconds since the Unix epoch.
    public var start: UInt64
    /// Nanoseconds since the Unix epoch.
    public var end: UInt64
    public var isError: Bool

    /// A batch that claims more messages than this is cut: no broker hands out larger batches.
    public static let maximumLinks = 4_096

    public init(
        key: SpanKey, parent: SpanID, service: String, scope: String, reading: SpanReading, links: [SpanKey],
        start: UInt64, end: UInt64, isError: Bool
    ) {
        self.key = key
        self.parent = parent
        self.service = service
        self.scope = scope
        self.reading = reading
        self.links = links
        self.start = start
        self.end = end
        self.isError = isError
    }

    public init(_ span: Span) {
        self.init(
            key: SpanKey(trace: span.trace, span: span.id), parent: span.parent, service: span.service,
            scope: span.scope, reading: span.reading,
            links: span.links.prefix(Self.maximumLinks).map { SpanKey(trace: $0.trace, span: $0.span) },
            start: span.start, end: span.end, isError: span.status == .error)
    }
}
