import Foundation
import GRDB

/// Hops a second over the last minute, edge by edge, followed along the hop log.
struct RateTracker: Sendable {
    static let seconds = 60

    private var lastID: Int64 = -1
    /// Hops by second of arrival, then by edge.
    private var counts: [Int64: [Int64: Int]] = [:]

    /// Reads on, and gives for each edge its hops in each of the last 60 seconds, oldest first.
    mutating func update(_ db: Database, now: UInt64) throws -> [Int64: [Int]] {
        let second = Int64(now / 1_000_000_000)
        let oldest = second - Int64(Self.seconds) + 1
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: "SELECT id, received, data FROM hops WHERE id > ? ORDER BY id DESC"),
            arguments: [lastID])
        var newest = lastID
        while let row = try rows.next() {
            newest = max(newest, try row.number("id"))
            let arrival = try row.number("received") / 1_000_000_000
            guard arrival >= oldest else { break }
            var edges = counts.removeValue(forKey: arrival) ?? [:]
            HopRecord.forEach(in: try row.blob("data")) { hop in
                edges[hop.edge, default: 0] &+= hop.sign &* hop.messages
            }
            counts[arrival] = edges
        }
        lastID = newest
        counts = counts.filter { $0.key >= oldest }
        var rates: [Int64: [Int]] = [:]
        for (arrival, edges) in counts where arrival <= second {
            for (edge, count) in edges where count != 0 {
                rates[edge, default: Array(repeating: 0, count: Self.seconds)][Int(arrival - oldest)] = max(0, count)
            }
        }
        return rates
    }
}
