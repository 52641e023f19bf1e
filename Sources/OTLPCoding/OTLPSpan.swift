/// One `Span` as plain values. Times are nanoseconds since the Unix epoch.
public struct OTLPSpan: Sendable {
    public var trace: TraceID
    public var id: SpanID
    /// Zero for a root.
    public var parent: SpanID
    public var kind: SpanKind
    public var name: String
    public var start: UInt64
    public var end: UInt64
    public var status: SpanStatus
    public var statusMessage: String
    public var attributes: [(String, OTLPValue)]
    public var events: [OTLPEvent]
    public var links: [OTLPLink]
    /// W3C trace flags in bits 0-7; bits 8-9 say whether the parent is known to be remote.
    public var flags: UInt32
    public var traceState: String

    public init(
        trace: TraceID, id: SpanID, parent: SpanID = SpanID(bits: 0), kind: SpanKind = .internal, name: String,
        start: UInt64, end: UInt64, status: SpanStatus = .unset, statusMessage: String = "",
        attributes: [(String, OTLPValue)] = [], events: [OTLPEvent] = [], links: [OTLPLink] = [], flags: UInt32 = 0,
        traceState: String = ""
    ) {
        self.trace = trace
        self.id = id
        self.parent = parent
        self.kind = kind
        self.name = name
        self.start = start
        self.end = end
        self.status = status
        self.statusMessage = statusMessage
        self.attributes = attributes
        self.events = events
        self.links = links
        self.flags = flags
        self.traceState = traceState
    }
}

/// Something that happened during a span (`Span.Event`).
public struct OTLPEvent: Sendable {
    public var name: String
    /// Nanoseconds since the Unix epoch.
    public var time: UInt64
    public var attributes: [(String, OTLPValue)]

    public init(name: String, time: UInt64, attributes: [(String, OTLPValue)] = []) {
        self.name = name
        self.time = time
        self.attributes = attributes
    }
}

/// Another span that this one has to do with (`Span.Link`).
public struct OTLPLink: Sendable {
    public var trace: TraceID
    public var span: SpanID
    public var attributes: [(String, OTLPValue)]

    public init(trace: TraceID, span: SpanID, attributes: [(String, OTLPValue)] = []) {
        self.trace = trace
        self.span = span
        self.attributes = attributes
    }
}
