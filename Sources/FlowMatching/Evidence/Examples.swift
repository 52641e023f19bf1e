public import OTLPCoding

/// Conversations in which something was seen: how often, from when to when, and the newest few of them.
///
/// A function of the set of sightings: which came first does not matter.
public struct Examples: Sendable, Equatable {
    /// How many examples are kept.
    public static let maximum = 3

    public private(set) var count = 0
    /// Nanoseconds since the Unix epoch; zero for never.
    public private(set) var firstSeen: UInt64 = 0
    public private(set) var lastSeen: UInt64 = 0
    private var newest: [Example] = []

    private struct Example: Sendable, Equatable {
        var time: UInt64
        var trace: TraceID
    }

    public init() {}

    /// Trace ids to give to `flowglass trace`, newest first.
    public var traces: [TraceID] { newest.map(\.trace) }

    public mutating func note(_ trace: TraceID, at time: UInt64) {
        count += 1
        firstSeen = firstSeen == 0 ? time : min(firstSeen, time)
        lastSeen = max(lastSeen, time)
        keep(Example(time: time, trace: trace))
    }

    public mutating func add(_ other: Examples) {
        count += other.count
        if other.firstSeen != 0 { firstSeen = firstSeen == 0 ? other.firstSeen : min(firstSeen, other.firstSeen) }
        lastSeen = max(lastSeen, other.lastSeen)
        for example in other.newest { keep(example) }
    }

    private mutating func keep(_ example: Example) {
        if let same = newest.firstIndex(where: { $0.trace == example.trace }) {
            guard newest[same].time < example.time else { return }
            newest.remove(at: same)
        }
        let place =
            newest.firstIndex { ($0.time, example.trace) < (example.time, $0.trace) } ?? newest.endIndex
        newest.insert(example, at: place)
        if newest.count > Self.maximum { newest.removeLast() }
    }
}
