/// What a store knows at one moment, as the dashboard and the commands read it.
public struct LiveSnapshot: Sendable, Equatable {
    /// When it was taken: nanoseconds since the Unix epoch.
    public var time: UInt64 = 0
    /// The observed edges with their figures over the asked window, sorted by key.
    public var edges: [ObservedEdge] = []
    /// How far back the figures go.
    public var window = TimeWindow.fiveMinutes
    /// The moment at which the figures end, in nanoseconds since the Unix epoch; nil for now.
    public var until: UInt64?
    /// Messages or calls in each of the last 60 stretches of `rateSeconds` (oldest first), for the edges that had any.
    public var rates: [EdgeKey: [Int]] = [:]
    /// How many seconds each value of `rates` covers: 1 now, 60 where the past is looked at.
    public var rateSeconds = 1
    /// Of the past, the stretch that means of `rates` are taken over: the window, its last hour at most, as far as
    /// anything is stored of it. Nanoseconds since the Unix epoch.
    public var rateStretch: Range<UInt64>?
    /// The newest conversations, newest first.
    public var conversations: [Conversation] = []
    /// Whether the store may hold older ones.
    public var hasOlderConversations = false
    public var health = StoreHealth()

    public init() {}

    /// Nanoseconds since the Unix epoch; zero where the window has no end.
    public var windowStart: UInt64 {
        let end = until ?? time
        return window.nanoseconds.map { end > $0 ? end - $0 : 0 } ?? 0
    }
}

/// How the collector and its store are.
public struct StoreHealth: Sendable, Equatable {
    /// Spans in the store.
    public var spans = 0
    /// Spans that arrived in each of the last 60 seconds, oldest first.
    public var spansPerSecond: [Int] = []
    /// Spans that could not be used, since the store was made.
    public var rejected = 0
    /// Why the newest of them could not be used.
    public var lastRejection: String?
    /// Requests of which nothing was kept, since the collector of this process began; nil where another one collects.
    public var refusedRequests: Int?
    /// Why the newest of them was refused.
    public var lastRefusal: String?
    /// Messages that joining gave up since the collector of this process began; nil where another one collects.
    public var givenUp: GivenUpMessages?
    /// Spans, and figures of an edge in a minute, that retention took out since the store was made.
    public var evictedSpans = 0
    public var evictedFigures = 0
    /// When the newest of the evicted spans had arrived: nanoseconds since the Unix epoch; nil where none was evicted.
    public var evictedUntil: UInt64?
    /// The minute of the oldest figures, in nanoseconds since the Unix epoch; nil in an empty store.
    public var oldest: UInt64?
    /// Size of the store's files in bytes.
    public var bytes = 0
    /// How much of that is the write-ahead log.
    public var logBytes = 0
    /// Where a collector listens, e.g. `127.0.0.1:4318`; empty where none does.
    public var listening: [String] = []
    /// The process that fills the store, where it is another than this one; nil where that is not known.
    public var collectorProcess: Int32?
    /// Something is wrong (a full disk, a collector that ended): a sentence without a full stop.
    public var trouble: String?

    public init() {}
}

/// How far back figures go.
public enum TimeWindow: Sendable, Equatable, Hashable, CaseIterable {
    case minute, fiveMinutes, hour, day, all

    /// Nanoseconds; nil for all there is.
    public var nanoseconds: UInt64? {
        switch self {
        case .minute: 60_000_000_000
        case .fiveMinutes: 300_000_000_000
        case .hour: 3_600_000_000_000
        case .day: 86_400_000_000_000
        case .all: nil
        }
    }

    /// As shown and typed: `1m`, `5m`, `1h`, `24h`, `all`.
    public var label: String {
        switch self {
        case .minute: "1m"
        case .fiveMinutes: "5m"
        case .hour: "1h"
        case .day: "24h"
        case .all: "all"
        }
    }
}
