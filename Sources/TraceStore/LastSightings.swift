import Foundation
import GRDB
import TraceModel

/// When edges were seen last by a moment in the past.
///
/// In which minute that was, an index tells that holds the minute and edge of every figure, and nothing else
/// (`figures_touched`): looking through all of it takes a fraction of what reading the figures takes.
enum LastSightings {
    private static let minute: UInt64 = 60_000_000_000

    /// Nanoseconds since the Unix epoch, none of them after `moment`; edges without figures by then are left out.
    /// - Complexity: O(figures), in some transactions when there are many.
    static func times(
        of edges: [Int64], by moment: UInt64, in database: DatabaseQueue
    ) throws -> [Int64: UInt64] {
        guard !edges.isEmpty else { return [:] }
        let minutes = try minutes(of: edges, by: Int64(moment / minute), in: database)
        return try database.read { db in
            var times: [Int64: UInt64] = [:]
            for (edge, number) in minutes {
                let head = try Row.fetchOne(
                    db.cachedStatement(
                        sql: """
                            SELECT substr(data, 1, \(EdgeFigures.headLength)) FROM figures WHERE minute = ? AND edge = ?
                            """), arguments: [number, edge])
                guard let head else { continue }
                // What began in that minute may have ended long after it.
                let end = UInt64(clamping: number).multipliedReportingOverflow(by: minute).partialValue &+ minute - 1
                let seen = EdgeFigures(encodedHead: try head.blob(at: 0)).lastSeen
                times[edge] = seen > moment ? min(moment, end) : seen
            }
            return times
        }
    }

    /// The newest minute of each edge's figures, up to one.
    private static func minutes(
        of edges: [Int64], by newest: Int64, in database: DatabaseQueue
    ) throws -> [Int64: Int64] {
        let wanted = "[" + edges.map(String.init).joined(separator: ",") + "]"
        var minutes: [Int64: Int64] = [:]
        var hour = Int64.min
        var isAtEnd = false
        while !isAtEnd {
            isAtEnd = try database.read { db in
                // A store of schema 1, which no collector has opened since, has no such index.
                guard try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 >= 2 else { return true }
                let time = TransactionTime()
                while !time.isOver {
                    let next = try Int64.fetchOne(
                        db.cachedStatement(sql: "SELECT min(touched) FROM figures WHERE touched > ?"),
                        arguments: [hour])
                    guard let next else { return true }
                    hour = next
                    let rows = try Row.fetchCursor(
                        db.cachedStatement(
                            sql: """
                                SELECT edge, max(minute) FROM figures INDEXED BY figures_touched
                                WHERE touched = ? AND minute <= ? AND edge IN (SELECT value FROM json_each(?))
                                GROUP BY edge
                                """), arguments: [hour, newest, wanted])
                    while let row = try rows.next() {
                        let edge = try row.number(at: 0)
                        minutes[edge] = max(minutes[edge] ?? .min, try row.number(at: 1))
                    }
                }
                return false
            }
        }
        return minutes
    }
}
