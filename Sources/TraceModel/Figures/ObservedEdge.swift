/// An edge of the flow graph that spans showed, with its figures over some window of time.
///
/// Names are the observed ones (`service.name`, normalised destination names); `FlowMatching` maps them to the
/// catalog's.
public struct ObservedEdge: Sendable, Equatable {
    public var key: EdgeKey
    public var figures: EdgeFigures

    public init(key: EdgeKey, figures: EdgeFigures) {
        self.key = key
        self.figures = figures
    }
}

/// What makes two edges the same edge.
public struct EdgeKey: Sendable, Hashable, Comparable {
    public var kind: EdgeKind
    public var from: String
    public var to: String
    /// The messaging system in the catalog's spelling, or a call's protocol; empty where nothing says.
    public var system: String
    /// `consumes`: the consumer group, or empty. `calls`: the operation, or empty.
    public var detail: String
    /// A collapsed reply channel is at one end.
    public var isTemporary: Bool

    public init(
        kind: EdgeKind, from: String, to: String, system: String = "", detail: String = "", isTemporary: Bool = false
    ) {
        self.kind = kind
        self.from = from
        self.to = to
        self.system = system
        self.detail = detail
        self.isTemporary = isTemporary
    }

    public static func < (left: EdgeKey, right: EdgeKey) -> Bool {
        (left.kind.rawValue, left.from, left.to, left.system, left.detail)
            < (right.kind.rawValue, right.from, right.to, right.system, right.detail)
    }
}

/// The four kinds of edges.
public enum EdgeKind: String, Sendable, Hashable, CaseIterable {
    /// A service to a service, synchronously.
    case calls
    /// A channel to a service.
    case consumes
    /// A channel to a channel: a topic to its queue, an exchange to its queue.
    case delivers
    /// A service to a channel.
    case publishes
}

/// Counts, times and distributions of one edge.
public struct EdgeFigures: Sendable, Equatable {
    /// Messages or calls, each once.
    public var count = 0
    /// On `consumes`: handler attempts, redeliveries and failures included; elsewhere the same as `count`.
    public var deliveries = 0
    /// Deliveries or calls that ended with an error.
    public var errors = 0
    /// Deliveries of a message that the same group had already handled without an error.
    public var duplicates = 0
    /// Nanoseconds since the Unix epoch; zero for never.
    public var firstSeen: UInt64 = 0
    /// Nanoseconds since the Unix epoch; zero for never.
    public var lastSeen: UInt64 = 0
    /// From the message's publication to the start of its handling; for calls from the caller's start to the callee's.
    public var wait = DurationDistribution()
    /// Handling, or serving the call.
    public var work = DurationDistribution()
    /// Deliveries by the evidence that joined them to their publisher.
    public var joinedBy: [JoinEvidence: Int] = [:]

    public init() {}

    /// Adds another window's figures of the same edge.
    public mutating func add(_ other: EdgeFigures) {
        count += other.count
        deliveries += other.deliveries
        errors += other.errors
        duplicates += other.duplicates
        if other.firstSeen != 0 { firstSeen = firstSeen == 0 ? other.firstSeen : min(firstSeen, other.firstSeen) }
        lastSeen = max(lastSeen, other.lastSeen)
        wait.add(other.wait)
        work.add(other.work)
        joinedBy.merge(other.joinedBy, uniquingKeysWith: +)
    }
}

/// What joined a delivery to its publisher, strongest first.
public enum JoinEvidence: String, Sendable, Hashable, CaseIterable, Comparable {
    case link
    case parent
    case messageID = "message-id"
    case offset = "partition-offset"
    case correlationID = "correlation-id"

    public static func < (left: JoinEvidence, right: JoinEvidence) -> Bool {
        allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
    }
}
