/// One decoded `ExportTraceServiceRequest`: flat arrays of views into the request's bytes.
///
/// Nothing is copied out of the request: names, attribute keys and values are `ByteRange`s into `bytes`, all of them
/// checked to be valid UTF-8 where the schema says `string`. The arrays are in wire order. Spans whose ids are
/// malformed are not in `spans`; they are counted in `rejected`.
public struct OTLPBatch: Sendable {
    /// The request, in the binary protobuf encoding (a JSON request is transcoded first).
    public var bytes: [UInt8]
    /// The resources, one for every `ResourceSpans` of the request.
    public var resources: [ResourceView] = []
    /// The usable spans.
    public var spans: [SpanView] = []
    /// The attributes of resources, spans and links; views hold ranges of indices into it.
    public var attributes: [AttributeView] = []
    /// The links of the spans.
    public var links: [LinkView] = []
    /// The encoded `Span.Event` messages of the spans, decoded only on demand (`OTLPBatch.events(of:)`).
    public var events: [ByteRange] = []
    /// What could not be used, and why.
    public var rejected = Rejections()

    public init(bytes: [UInt8]) { self.bytes = bytes }

    /// A half-open range of `bytes`, in bytes from its start.
    @frozen public struct ByteRange: Sendable, Equatable {
        public var offset: UInt32
        public var count: UInt32

        @inlinable public init(offset: UInt32, count: UInt32) {
            self.offset = offset
            self.count = count
        }

        public static let empty = ByteRange(offset: 0, count: 0)
    }

    /// One `Resource`.
    public struct ResourceView: Sendable {
        /// Indices into `attributes`.
        public var attributes: Range<Int>

        public init(attributes: Range<Int>) { self.attributes = attributes }
    }

    /// One `Span`. Times are nanoseconds since the Unix epoch, as sent.
    public struct SpanView: Sendable {
        public var trace: TraceID
        public var span: SpanID
        /// Zero for a root.
        public var parent: SpanID
        public var kind: SpanKind
        public var status: SpanStatus
        public var start: UInt64
        public var end: UInt64
        /// W3C trace flags in bits 0-7; bits 8-9 say whether the parent is known to be remote.
        public var flags: UInt32
        public var name: ByteRange
        public var statusMessage: ByteRange
        public var traceState: ByteRange
        public var scopeName: ByteRange
        public var scopeVersion: ByteRange
        /// Index into `resources`.
        public var resource: Int
        /// Indices into `attributes`.
        public var attributes: Range<Int>
        /// Indices into `links`.
        public var links: Range<Int>
        /// Indices into `events`.
        public var events: Range<Int>

        public init(
            trace: TraceID, span: SpanID, parent: SpanID, kind: SpanKind, status: SpanStatus, start: UInt64,
            end: UInt64, flags: UInt32, name: ByteRange, statusMessage: ByteRange, traceState: ByteRange,
            scopeName: ByteRange, scopeVersion: ByteRange, resource: Int, attributes: Range<Int>, links: Range<Int>,
            events: Range<Int>
        ) {
            self.trace = trace
            self.span = span
            self.parent = parent
            self.kind = kind
            self.status = status
            self.start = start
            self.end = end
            self.flags = flags
            self.name = name
            self.statusMessage = statusMessage
            self.traceState = traceState
            self.scopeName = scopeName
            self.scopeVersion = scopeVersion
            self.resource = resource
            self.attributes = attributes
            self.links = links
            self.events = events
        }
    }

    /// One `KeyValue`.
    @frozen public struct AttributeView: Sendable {
        public var key: ByteRange
        public var value: ValueView

        @inlinable public init(key: ByteRange, value: ValueView) {
            self.key = key
            self.value = value
        }
    }

    /// One `AnyValue`. Arrays and maps stay encoded (`ArrayValue`, `KeyValueList`).
    @frozen public enum ValueView: Sendable {
        case string(ByteRange)
        case bool(Bool)
        case int(Int64)
        case double(Double)
        case bytes(ByteRange)
        case array(ByteRange)
        case map(ByteRange)
        /// No value set: valid since OTLP 1.9.
        case empty
    }

    /// One `Span.Link`.
    public struct LinkView: Sendable {
        public var trace: TraceID
        public var span: SpanID
        /// Indices into `attributes`.
        public var attributes: Range<Int>

        public init(trace: TraceID, span: SpanID, attributes: Range<Int>) {
            self.trace = trace
            self.span = span
            self.attributes = attributes
        }
    }

    /// Spans left out because no part of them could be used.
    public struct Rejections: Sendable, Equatable {
        /// How many spans.
        public var count = 0
        /// Why the first of them was left out, as a clause without a full stop, e.g. `malformed trace id`.
        public var reason: String?

        public init() {}
    }
}

/// `Span.SpanKind`, with its numbers. A number not listed here reads as `unspecified`.
@frozen public enum SpanKind: UInt8, Sendable, CaseIterable {
    case unspecified, `internal`, server, client, producer, consumer
}

/// `Status.StatusCode`, with its numbers. A number not listed here reads as `unset`.
@frozen public enum SpanStatus: UInt8, Sendable, CaseIterable {
    case unset, ok, error
}
