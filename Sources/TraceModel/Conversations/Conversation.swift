public import OTLPCoding

/// All that happened because of one request, whatever traces it is scattered over.
public struct Conversation: Sendable, Equatable {
    /// A name that is the same whenever the same spans are known: the correlation ID, or the trace that began it.
    public var id: String
    /// The correlation ID, where any span carried one that identifies.
    public var correlationID: String?
    /// Sorted.
    public var traces: [TraceID]
    /// Sorted by name.
    public var services: [String]
    /// Every span once, sorted by start, then by trace and span id.
    public var spans: [Span]
    /// Messages and calls, sorted by time.
    public var hops: [Hop]
    public var state: ConversationState
    /// Nanoseconds since the Unix epoch.
    public var start: UInt64
    /// Nanoseconds since the Unix epoch.
    public var end: UInt64
    /// Things a reader must know about the picture: a missing parent, a clock that was corrected.
    public var warnings: [String]

    public init(
        id: String, correlationID: String?, traces: [TraceID], services: [String], spans: [Span], hops: [Hop],
        state: ConversationState, start: UInt64, end: UInt64, warnings: [String] = []
    ) {
        self.id = id
        self.correlationID = correlationID
        self.traces = traces
        self.services = services
        self.spans = spans
        self.hops = hops
        self.state = state
        self.start = start
        self.end = end
        self.warnings = warnings
    }

    /// Nanoseconds from the first start to the last end.
    public var duration: UInt64 { end > start ? end - start : 0 }

    /// Nothing but a client's chores: polls that found no message, acknowledgements, database calls. Lists leave it out.
    public var isHousekeeping: Bool {
        hops.isEmpty && !spans.isEmpty
            && spans.allSatisfy { span in
                (span.reading.role == .receive || span.reading.role == .other) && span.status != .error
                    && (span.kind == .client || span.kind == .consumer)
            }
    }
}

/// How far a conversation is. The order is that of severity.
public enum ConversationState: String, Sendable, Equatable, CaseIterable {
    case complete
    /// A message was published moments ago and is not handled yet, or a span has come whose parent in the same service
    /// has not.
    case inProgress = "in-progress"
    /// A message was handled twice by one group.
    case duplicated
    /// A message waits that should have been handled long ago.
    case stalled
    /// A span ended with an error.
    case failed
}

/// One message crossing one channel to one subscriber, or one synchronous call.
public struct Hop: Sendable, Equatable {
    public var kind: EdgeKind
    /// `calls`: the caller. `consumes`: the publisher, where it is known. `publishes`: the publisher.
    public var from: String?
    /// `calls`: the callee. `consumes`: the consumer. `publishes`: the channel.
    public var to: String
    /// The channel a message crossed, as the consumer names it; nil for calls.
    public var channel: String?
    /// The channel as the publisher names it, where that differs (an SNS topic before its queue).
    public var publishedTo: String?
    public var system: String
    public var group: String
    public var operation: String
    /// The span that published or called, where it is known.
    public var fromSpan: SpanKey?
    /// The span that handled or served, where it is known.
    public var toSpan: SpanKey?
    public var evidence: JoinEvidence?
    /// 1 for the first delivery of a message to a group, 2 for its first redelivery.
    public var attempt: Int
    public var isError: Bool
    /// Nanoseconds since the Unix epoch: the publication, the start of the handling, or of the serving.
    public var time: UInt64
    /// Nanoseconds that the message waited; nil where the publisher is unknown; negative where the clocks disagree.
    public var wait: Int64?
    /// Nanoseconds of handling or serving.
    public var work: UInt64?

    public init(
        kind: EdgeKind, from: String?, to: String, channel: String? = nil, publishedTo: String? = nil,
        system: String = "", group: String = "", operation: String = "", fromSpan: SpanKey? = nil,
        toSpan: SpanKey? = nil, evidence: JoinEvidence? = nil, attempt: Int = 1, isError: Bool = false,
        time: UInt64, wait: Int64? = nil, work: UInt64? = nil
    ) {
        self.kind = kind
        self.from = from
        self.to = to
        self.channel = channel
        self.publishedTo = publishedTo
        self.system = system
        self.group = group
        self.operation = operation
        self.fromSpan = fromSpan
        self.toSpan = toSpan
        self.evidence = evidence
        self.attempt = attempt
        self.isError = isError
        self.time = time
        self.wait = wait
        self.work = work
    }
}

/// Which span: a span id is only unique within its trace.
@frozen public struct SpanKey: Sendable, Hashable, Comparable {
    public var trace: TraceID
    public var span: SpanID

    @inlinable public init(trace: TraceID, span: SpanID) {
        self.trace = trace
        self.span = span
    }

    @inlinable public static func < (left: SpanKey, right: SpanKey) -> Bool {
        left.trace != right.trace ? left.trace < right.trace : left.span < right.span
    }
}
