public import OTLPCoding
import Synchronization

/// What a server has received since it started.
public struct IngestCounters: Sendable, Equatable {
    /// Requests for traces that were read whole, answered with success or not.
    public var requests = 0
    /// Spans that the sink keeps.
    public var spans = 0
    /// Spans that could not be used.
    public var rejectedSpans = 0
    /// Spans that could not be used, by the reason: few different ones, which the decoder knows.
    public var rejectedByReason: [String: Int] = [:]
    /// Requests that were answered with an error, by its code.
    public var failures: [OTLPStatus.Code: Int] = [:]
    /// Why the newest span or request could not be used, as a clause without a full stop.
    public var lastRejection: String?
    /// Why the newest request was answered with an error, as a clause without a full stop.
    public var lastFailure: String?
    /// Bytes of request bodies as they came.
    public var bytes = 0
    /// Bytes that requests hold in memory now.
    public var bytesInFlight = 0
    /// Connections that are open now.
    public var connections = 0
    /// Connections that were turned away because too many were open.
    public var refusedConnections = 0

    public init() {}

    /// Requests that were answered with an error.
    public var failedRequests: Int { failures.values.reduce(0, +) }
}

/// Counters that several threads write.
final class IngestTally: Sendable {
    private let counters = Mutex(IngestCounters())

    func change(_ body: (inout IngestCounters) -> Void) {
        counters.withLock { body(&$0) }
    }

    var snapshot: IngestCounters { counters.withLock { $0 } }

    func connectionOpened() { change { $0.connections += 1 } }
    func connectionClosed() { change { $0.connections -= 1 } }
    func connectionRefused() { change { $0.refusedConnections += 1 } }

    func requestFailed(_ status: OTLPStatus) {
        change {
            $0.failures[status.code, default: 0] += 1
            $0.lastRejection = status.message
            $0.lastFailure = status.message
        }
    }
}
