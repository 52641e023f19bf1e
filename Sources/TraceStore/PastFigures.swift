import Foundation
import GRDB
import TraceModel

/// The figures of a window that ends in the past, and how many messages crossed each edge in each minute of its last
/// hour.
struct PastFigures {
    private static let hour: Int64 = 60
    private static let minute: UInt64 = 60_000_000_000

    /// Since the Unix epoch.
    private let minutes: Range<Int64>
    private(set) var edges: [ObservedEdge] = []
    /// Every edge of the store, also of other times.
    private(set) var keys: [Int64: EdgeKey] = [:]
    /// 60 values, oldest first.
    private(set) var rates: [EdgeKey: [Int]] = [:]
    /// What means of `rates` are taken over; see `LiveSnapshot.rateStretch`.
    private(set) var stretch: Range<UInt64>?

    init(window: TimeWindow, until: UInt64) { minutes = window.minutes(until: until) }

    /// - Complexity: O(minutes × edges that had messages).
    mutating func read(_ database: DatabaseQueue) throws {
        var figures: [Int64: EdgeFigures] = [:]
        var counts: [Int64: [Int]] = [:]
        let (first, hour) = (minutes.lowerBound, minutes.upperBound - Self.hour)
        var seen: (first: UInt64, last: UInt64) = (.max, 0)
        try StoredFigures.forEach(in: database, from: min(first, hour), to: minutes.upperBound) { minute, edge, cell in
            if minute >= first { figures[edge, default: EdgeFigures()].add(cell) }
            if minute >= hour {
                counts[edge, default: Array(repeating: 0, count: Int(Self.hour))][Int(minute - hour)] +=
                    max(0, cell.count)
            }
            guard minute >= max(first, hour), !cell.isVoid else { return }
            seen = (min(seen.first, cell.firstSeen), max(seen.last, cell.lastSeen))
        }
        let stored: ClosedRange<Int64>?
        (keys, stored) = try database.read { (try StoredEdges.fetch($0), try StoredFigures.minutes($0)) }
        stretch = stored.flatMap { stretch(from: max(first, hour), seen: seen, stored: $0) }
        edges = figures.compactMap { id, figures in
            guard let key = keys[id], !figures.isVoid else { return nil }
            return ObservedEdge(key: key, figures: figures)
        }.sorted { $0.key < $1.key }
        for (id, count) in counts { if let key = keys[id] { rates[key] = count } }
    }

    /// From the minute on, but not before the first message of all that is stored, nor beyond the last.
    private func stretch(
        from first: Int64, seen: (first: UInt64, last: UInt64), stored: ClosedRange<Int64>
    ) -> Range<UInt64>? {
        var (start, end) = (Self.moment(first), Self.moment(minutes.upperBound))
        guard seen.first <= seen.last, start < end else { return nil }
        if stored.lowerBound >= first { start = min(max(start, seen.first), end - 1) }
        if stored.upperBound < minutes.upperBound { end = max(start + 1, min(end, seen.last)) }
        return start..<end
    }

    /// The beginning of a minute, in nanoseconds since the Unix epoch.
    private static func moment(_ minute: Int64) -> UInt64 {
        let (moment, isBeyond) = UInt64(max(0, minute)).multipliedReportingOverflow(by: Self.minute)
        return isBeyond ? .max : moment
    }
}
