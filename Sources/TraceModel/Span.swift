public import OTLPCoding

/// One operation of one service, with everything that was sent about it.
///
/// Times are nanoseconds since the Unix epoch, as the sender's clock had them: `end` may lie before `start`.
public struct Span: Sendable, Equatable {
    public var trace: TraceID
    public var id: SpanID
    /// Zero for a root.
    public var parent: SpanID
    public var kind: SpanKind
    public var name: String
    /// The resource's `service.name`; `unknown_service` where it has none.
    public var service: String
    public var start: UInt64
    public var end: UInt64
    public var status: SpanStatus
    public var statusMessage: String
    /// The instrumentation scope that made the span.
    public var scope: String
    public var attributes: [Attribute]
    public var resourceAttributes: [Attribute]
    public var events: [SpanEvent]
    public var links: [SpanLink]
    /// What the conventions table reads out of the span.
    public var reading: SpanReading

    public init(
        trace: TraceID, id: SpanID, parent: SpanID = SpanID(bits: 0), kind: SpanKind = .internal, name: String,
        service: String, start: UInt64, end: UInt64, status: SpanStatus = .unset, statusMessage: String = "",
        scope: String = "", attributes: [Attribute] = [], resourceAttributes: [Attribute] = [],
        events: [SpanEvent] = [], links: [SpanLink] = [], reading: SpanReading = SpanReading()
    ) {
        self.trace = trace
        self.id = id
        self.parent = parent
        self.kind = kind
        self.name = name
        self.service = service
        self.start = start
        self.end = end
        self.status = status
        self.statusMessage = statusMessage
        self.scope = scope
        self.attributes = attributes
        self.resourceAttributes = resourceAttributes
        self.events = events
        self.links = links
        self.reading = reading
    }

    /// Nanoseconds from start to end; zero where the clock ran backwards.
    public var duration: UInt64 { end > start ? end - start : 0 }
}

/// A key and its value, as sent.
public struct Attribute: Sendable, Equatable {
    public var key: String
    public var value: AttributeValue

    public init(_ key: String, _ value: AttributeValue) {
        self.key = key
        self.value = value
    }
}

/// OTLP's `AnyValue`.
public typealias AttributeValue = OTLPValue

extension OTLPValue: CustomStringConvertible {
    /// The value as a person reads it: `["a", "b"]` is `[a, b]`, bytes are lowercase hexadecimal.
    public var description: String {
        switch self {
        case .string(let value): value
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .double(let value): String(value)
        case .bytes(let value): value.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        case .array(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
        case .map(let entries): "{" + entries.map { "\($0.0): \($0.1)" }.joined(separator: ", ") + "}"
        case .empty: ""
        }
    }
}

/// Something that happened during a span, an exception for example.
public struct SpanEvent: Sendable, Equatable {
    public var name: String
    /// Nanoseconds since the Unix epoch.
    public var time: UInt64
    public var attributes: [Attribute]

    public init(name: String, time: UInt64, attributes: [Attribute] = []) {
        self.name = name
        self.time = time
        self.attributes = attributes
    }
}

/// A span's reference to another span that is not its parent.
public struct SpanLink: Sendable, Equatable {
    public var trace: TraceID
    public var span: SpanID
    public var attributes: [Attribute]

    public init(trace: TraceID, span: SpanID, attributes: [Attribute] = []) {
        self.trace = trace
        self.span = span
        self.attributes = attributes
    }
}
