public import TraceModel

/// What the spans of a window showed beyond the figures of edges, in the catalog's names.
public struct Evidence: Sendable, Equatable {
    /// Spans looked at, each once within a buffer's reach.
    public var spans = 0
    /// Nanoseconds since the Unix epoch; zero where there were no spans.
    public var firstSeen: UInt64 = 0
    public var lastSeen: UInt64 = 0
    /// Every service that sent spans.
    public var services: [String: ServiceEvidence] = [:]
    /// Where each edge was seen.
    public var edges: [EdgeEnds: Examples] = [:]
    /// Messages that a group had handled before.
    public var duplicates: [EdgeEnds: Examples] = [:]
    /// How each channel's messages reached each of its consumers.
    public var deliveries: [EdgeEnds: DeliveryProfile] = [:]
    /// For each channel and documented subscriber what became of the messages.
    public var fates: [EdgeEnds: MessageFate] = [:]
    /// Who waited for whom.
    public var waits: [SynchronousWait: WaitProfile] = [:]

    public init() {}
}

/// The ends of an edge, in the catalog's names: what findings are about.
public struct EdgeEnds: Sendable, Hashable, Comparable {
    public var kind: EdgeKind
    public var from: String
    public var to: String

    public init(_ kind: EdgeKind, _ from: String, _ to: String) {
        self.kind = kind
        self.from = from
        self.to = to
    }

    public static func < (left: EdgeEnds, right: EdgeEnds) -> Bool {
        (left.kind.rawValue, left.from, left.to) < (right.kind.rawValue, right.from, right.to)
    }
}

/// How the messages of a channel reached one consumer.
public struct DeliveryProfile: Sendable, Equatable {
    /// Deliveries, redeliveries included.
    public var count = 0
    /// Deliveries joined to their publisher.
    public var joined = 0
    /// Deliveries by the service that published the message, where that is known.
    public var publishers: [String: Int] = [:]
    /// Of those that were not joined: how many name a span (as link or parent of another service) that was never
    /// received, and how many name none.
    public var dangling = 0
    public var rootless = 0
    /// From published to handled.
    public var handled = DurationDistribution()
    /// Instrumentation scopes of the consumer's spans, with their versions.
    public var scopes: Set<String> = []
    /// The consumer's spans are plain client calls.
    public var clientSpans = 0
    /// A delivery that was not joined, for looking at.
    public var unjoined = Examples()

    public init() {}
}

/// What became of a channel's messages at one documented subscriber.
public struct MessageFate: Sendable, Equatable {
    /// Messages that were published long enough ago to be judged.
    public var judged = 0
    /// How long the subscriber was given, in nanoseconds.
    public var limit: UInt64 = 0
    /// Those that it did not handle.
    public var unhandled = Examples()

    public init() {}
}

/// One service that stands still while another works.
public struct SynchronousWait: Sendable, Hashable, Comparable {
    public enum Kind: String, Sendable, CaseIterable {
        /// A request stays open until the consumer's reply is back.
        case reply
        /// The same call again and again, until a consumer is done.
        case polling
    }

    public var kind: Kind
    /// Who waits.
    public var waiter: String
    /// `reply`: the channel of the request. `polling`: the service that is asked.
    public var through: String
    /// `polling`: the operation that is called; empty otherwise.
    public var operation: String

    public init(kind: Kind, waiter: String, through: String, operation: String = "") {
        self.kind = kind
        self.waiter = waiter
        self.through = through
        self.operation = operation
    }

    public static func < (left: SynchronousWait, right: SynchronousWait) -> Bool {
        (left.kind.rawValue, left.waiter, left.through, left.operation)
            < (right.kind.rawValue, right.waiter, right.through, right.operation)
    }
}

/// The figures of a wait.
public struct WaitProfile: Sendable, Equatable {
    /// The requests in which it was seen.
    public var requests = Examples()
    /// `polling`: the calls of all requests.
    public var calls = 0
    /// `polling`: the calls of the request that made most of them.
    public var mostCalls = 0
    /// `polling`: requests in which a consumer was seen to finish before the last call did.
    public var answered = 0
    /// From the first call, or the publish, until the wait was over.
    public var waited = DurationDistribution()
    /// For whom the waiter waited, as far as spans tell: services, and in how many requests.
    public var awaited: [String: Int] = [:]
    /// `reply`: the channel that brought the reply, and whether it is a temporary one.
    public var replyChannels: [String: Bool] = [:]
    /// `reply`: requests that published to the channel, answered in time or not.
    public var published = 0

    public init() {}
}
