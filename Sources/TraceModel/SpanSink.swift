public import OTLPCoding

/// Where received spans go. The one promise of a sink: when it says that a request is accepted, it is on disk.
public protocol SpanSink: Sendable {
    /// Takes one decoded request. `done` is called exactly once, on any thread, after the commit that holds the
    /// request, or with the reason why it could not be kept.
    ///
    /// May be called from several threads at once. Work that can be done on the calling thread is.
    func submit(_ request: ReceivedRequest, done: @escaping @Sendable (Result<Void, SinkFailure>) -> Void)
}

/// One request as it came, and as it was read.
public struct ReceivedRequest: Sendable {
    /// How `raw` is encoded.
    public enum Format: UInt8, Sendable {
        /// An OTLP `ExportTraceServiceRequest`, binary protobuf.
        case protobuf = 0
        /// The OTLP JSON mapping of it.
        case json = 1
    }

    public var format: Format
    /// The body exactly as it was sent, after decompression. Empty when it equals `batch.bytes` (binary protobuf).
    public var raw: [UInt8]
    public var batch: OTLPBatch

    /// A binary protobuf request, already decoded.
    public init(batch: OTLPBatch) {
        self.format = .protobuf
        self.raw = []
        self.batch = batch
    }

    /// A JSON request: its own bytes, and what they decode to.
    public init(json: [UInt8], batch: OTLPBatch) {
        self.format = .json
        self.raw = json
        self.batch = batch
    }
}

/// Why a sink did not keep a request. Both are worth a retry by the sender.
public enum SinkFailure: Error, Sendable, Equatable {
    /// More is waiting than the sink may hold; the sender should come back after so many seconds.
    case overloaded(retryAfterSeconds: Int)
    /// The store cannot write now (a full disk, an I/O error); `reason` is a clause without a full stop.
    case unavailable(reason: String)
}
