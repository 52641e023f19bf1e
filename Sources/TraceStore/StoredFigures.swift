import Foundation
import GRDB
import TraceModel

/// The `figures` table.
enum StoredFigures {
    /// The figures of each edge from a minute on and before another, added up.
    static func sums(in database: DatabaseQueue, from minute: Int64, to end: Int64 = .max) throws -> [Int64:
        EdgeFigures]
    {
        var sums: [Int64: EdgeFigures] = [:]
        try forEach(in: database, from: minute, to: end) { _, edge, figures in
            sums[edge, default: EdgeFigures()].add(figures)
        }
        return sums
    }

    /// The first and the last minute that figures are stored of; nil without any.
    static func minutes(_ db: Database) throws -> ClosedRange<Int64>? {
        guard let first = try Int64.fetchOne(db, sql: "SELECT MIN(minute) FROM figures"),
            let last = try Int64.fetchOne(db, sql: "SELECT MAX(minute) FROM figures")
        else { return nil }
        return first...last
    }

    /// Hands over the figures of each minute and edge from a minute on and before another. Reads in several
    /// transactions when there is much to read.
    static func forEach(
        in database: DatabaseQueue, from minute: Int64, to end: Int64 = .max,
        _ body: (_ minute: Int64, _ edge: Int64, _ figures: EdgeFigures) throws -> Void
    ) throws {
        var scan = FiguresScan(from: minute, to: end)
        while !scan.isAtEnd { try scan.goOn(in: database, body) }
    }
}

/// Looks at stored figures by minute and edge, a transaction at a time.
struct FiguresScan: Sendable {
    private var last: (minute: Int64, edge: Int64)
    private let end: Int64
    private let headOnly: Bool
    private(set) var isAtEnd = false

    /// - Parameter headOnly: How often and when each edge was seen, without distributions: some times quicker.
    init(from minute: Int64, to end: Int64 = .max, headOnly: Bool = false) {
        last = (minute == .min ? minute : minute - 1, .max)
        self.end = end
        self.headOnly = headOnly
    }

    /// Hands over the next figures, in one transaction that takes so long at the most.
    mutating func goOn(
        in database: DatabaseQueue, for limit: Duration = TransactionTime.limit,
        _ body: (_ minute: Int64, _ edge: Int64, _ figures: EdgeFigures) throws -> Void
    ) throws {
        var last = last
        let data = headOnly ? "substr(data, 1, \(EdgeFigures.headLength))" : "data"
        isAtEnd = try database.read { db in
            let time = TransactionTime(limit)
            let rows = try Row.fetchCursor(
                db.cachedStatement(
                    sql: """
                        SELECT minute, edge, \(data) FROM figures WHERE (minute, edge) > (?, ?) AND minute < ?
                        ORDER BY minute, edge
                        """), arguments: [last.minute, last.edge, end])
            while let row = try rows.next() {
                last = (try row.number(at: 0), try row.number(at: 1))
                let bytes = try row.blob(at: 2)
                let figures = headOnly ? EdgeFigures(encodedHead: bytes) : EdgeFigures(encoded: bytes)
                try body(last.minute, last.edge, figures)
                if time.isOver { return false }
            }
            return true
        }
        self.last = last
    }
}

extension TimeWindow {
    /// The minute since the Unix epoch in which the window begins that ends at `end` (nanoseconds since then); the
    /// smallest number for all there is.
    func firstMinute(until end: UInt64) -> Int64 {
        nanoseconds.map { end > $0 ? Int64((end - $0) / 60_000_000_000) : 0 } ?? .min
    }

    /// The minutes since the Unix epoch of the window that ended at a moment in the past. Figures are kept by the minute:
    /// one that the moment lies in counts whole.
    func minutes(until moment: UInt64) -> Range<Int64> {
        let end = Int64(moment / 60_000_000_000) + (moment % 60_000_000_000 == 0 ? 0 : 1)
        let first = nanoseconds.map { max(0, end - Int64($0 / 60_000_000_000)) } ?? .min
        return first..<end
    }
}
