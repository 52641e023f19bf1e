public import TraceModel

/// What a writing store has done since it was opened, and how it is now.
public struct StoreCounters: Sendable, Equatable {
    public var commits = 0
    /// Commits that failed; their requests were refused.
    public var failedCommits = 0
    /// Spans that were committed.
    public var spans = 0
    /// How long commits took, from the first look at what waits to the end of its `fsync`.
    public var commitTimes = LatencyCounts()
    /// Requests that wait for a commit, and the bytes that they hold.
    public var waitingRequests = 0
    public var waitingBytes = 0
    /// Deliveries by the evidence that joined them to their publisher; corrected as late spans come.
    public var joined: [JoinEvidence: Int] = [:]
    /// Deliveries whose publisher is not known (yet).
    public var unjoined = 0
    /// Messages that joining gave up unfinished, to make room for newer ones.
    public var givenUp = GivenUpMessages()
    /// Damaged stores that were set aside, newest last.
    public var setAside: [String] = []
    /// What is wrong now, a clause without a full stop; nil when nothing is.
    public var trouble: String?

    public init() {}
}

/// Counts of durations, as Prometheus has histograms: each bucket holds what took at most its bound.
public struct LatencyCounts: Sendable, Equatable {
    /// Seconds. A commit takes a millisecond on a good disk, and seconds on one in trouble.
    public static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

    /// How many took at most each bound, and no shorter one; the last is for the rest.
    public private(set) var counts = Array(repeating: 0, count: bounds.count + 1)
    /// Seconds altogether.
    public private(set) var sum = 0.0

    public init() {}

    public var count: Int { counts.reduce(0, +) }

    public mutating func record(_ seconds: Double) {
        counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
        sum += seconds
    }
}
