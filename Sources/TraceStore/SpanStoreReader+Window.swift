import Foundation
import GRDB
public import OTLPCoding
public import TraceModel

extension SpanStoreReader {
    /// Segments read in one transaction at the most: what is looked at does not pile up in memory.
    private static let segmentsOfTransaction = 8

    /// Hands over the requests that arrived since `from` and not after `end` (nanoseconds since the Unix epoch), oldest
    /// first. A damaged one is passed over; what arrives meanwhile is read too.
    /// - Parameter limit: So many spans at the most, the newest ones, in whole requests.
    public func forEachRequest(
        since from: UInt64 = 0, until end: UInt64 = .max, limit: Int = .max, _ body: (OTLPBatch) -> Void
    ) throws(StoreFailure) {
        let (since, until) = (Int64(clamping: from), Int64(clamping: end))
        let first = try limit == .max ? 0 : start(since: since, until: until, limit: limit)
        var last = first - 1
        while true {
            let (batches, newest) = try withDatabase { database in
                try database.read { db in
                    let ids = try Int64.fetchAll(
                        db.cachedStatement(
                            sql: """
                                SELECT id FROM segments WHERE id > ? AND received >= ? AND received <= ?
                                ORDER BY id LIMIT ?
                                """),
                        arguments: [last, since, until, Self.segmentsOfTransaction])
                    guard let first = ids.first, let newest = ids.last else { return ([OTLPBatch](), Int64?.none) }
                    var batches: [OTLPBatch] = []
                    try StoredSegments.forEach(
                        db, where: "id >= ? AND id <= ? AND received >= ? AND received <= ?",
                        [first, newest, since, until]
                    ) { batches.append($0.batch) }
                    return (batches, newest)
                }
            }
            guard let newest else { return }
            for batch in batches { body(batch) }
            last = newest
        }
    }

    /// The first of the newest requests that together hold so many spans.
    private func start(since: Int64, until: Int64, limit: Int) throws(StoreFailure) -> Int64 {
        try withDatabase { database in
            try database.read { db in
                var (first, count): (Int64, Int) = (0, 0)
                let rows = try Row.fetchCursor(
                    db, sql: "SELECT id, spans FROM segments WHERE received >= ? AND received <= ? ORDER BY id DESC",
                    arguments: [since, until])
                while count < limit, let row = try rows.next() {
                    first = try row.number("id")
                    count += try row.count("spans")
                }
                return first
            }
        }
    }

    /// Spans received so far.
    public func spanCount() throws(StoreFailure) -> Int {
        try withDatabase { database in
            try database.read { db in try Int.fetchOne(db, sql: "SELECT spans FROM totals") ?? 0 }
        }
    }

    /// How long messages waited, edge by edge, in equal slots of the time between the first and the last minute of the
    /// window: oldest slot first. Empty where the window is shorter than a minute for each slot.
    /// - Parameter isOver: Whether `now` is a moment in the past: what came after it is left out.
    public func waits(
        _ window: TimeWindow, slots: Int, now: UInt64, isOver: Bool = false
    ) throws(StoreFailure) -> [EdgeKey: [DurationDistribution]] {
        let past = isOver ? window.minutes(until: now) : nil
        let latest = past.map { $0.upperBound - 1 } ?? .max
        let from = past?.lowerBound ?? window.firstMinute(until: now)
        return try withDatabase { database in
            let (range, keys) = try database.read { db in
                let first = try Int64.fetchOne(
                    db, sql: "SELECT min(minute) FROM figures WHERE minute >= ?", arguments: [from])
                let last = try Int64.fetchOne(
                    db, sql: "SELECT max(minute) FROM figures WHERE minute >= ? AND minute <= ?",
                    arguments: [from, latest])
                return (first.flatMap { first in last.map { (first, $0) } }, try StoredEdges.fetch(db))
            }
            guard let (first, last) = range, last - first + 1 >= slots else { return [:] }
            let length = last - first + 1
            var waits: [EdgeKey: [DurationDistribution]] = [:]
            for slot in 0..<slots {
                // The minutes of which the slot's number is `(minute - first) * slots / length`, rounded down.
                let start = first + (Int64(slot) * length + Int64(slots) - 1) / Int64(slots)
                let end = first + (Int64(slot + 1) * length + Int64(slots) - 1) / Int64(slots)
                for (edge, figures) in try StoredFigures.sums(in: database, from: start, to: end) {
                    guard let key = keys[edge], key.kind == .consumes else { continue }
                    waits[key, default: Array(repeating: DurationDistribution(), count: slots)][slot].add(figures.wait)
                }
            }
            return waits
        }
    }
}
