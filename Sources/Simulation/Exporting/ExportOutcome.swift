/// What became of a batch of spans.
public enum ExportOutcome: Sendable, Equatable {
    /// The collector has it.
    case accepted
    /// The collector cannot take it now and may have said when to come back.
    case busy(retryAfter: Duration?)
    /// The collector will never take it; the status is HTTP's.
    case refused(status: Int)
    /// Nobody answered, or the answer broke off.
    case unreachable
}

/// One service's batch of spans, as it goes over the wire.
public struct ExportBatch: Sendable {
    /// The `service.name`.
    public var service: String
    public var spans: Int
    /// A binary protobuf `ExportTraceServiceRequest`.
    public var body: [UInt8]
}
