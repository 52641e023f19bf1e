import Foundation
import GRDB

/// The `lookup` table, and which segments may hold any of some keys.
///
/// A search goes through the whole store, so what it reads lies close together: for each segment the upper halves of its
/// keys, beside the next segment's. It asks several times, each time for what it just learnt of: what was read of the
/// newest segments is kept from the first time on, as far as it fits; that of older ones is read again.
struct SegmentLookup {
    private struct Entry {
        var id: Int64
        var halves: [UInt8]
    }

    /// Newest first.
    private var entries: [Entry] = []
    /// Bytes of keys that may still be kept; nothing more is once one did not fit.
    private var room: Int

    /// - Parameter limit: Bytes of keys: by default those of some twenty million spans.
    init(limit: Int = 32 << 20) { room = limit }

    /// Newest first. Of some twenty million segments without a key one is named in vain: half a key is 32 bits, and a
    /// segment has some two hundred.
    mutating func segments(_ database: DatabaseQueue, holding wanted: Set<UInt64>) throws -> [Int64] {
        let wanted = wanted.map { SegmentKeys.half(of: $0) }
        var ids = entries.filter { $0.halves.withUnsafeBytes { SegmentKeys.halves($0, containAnyOf: wanted) } }
            .map(\.id)
        var next = entries.last?.id ?? Int64.max
        var isAtEnd = !entries.isEmpty && room > 0
        while !isAtEnd {
            isAtEnd = try database.read { db in
                let time = TransactionTime()
                // A store that no collector has opened since there is a lookup has the whole keys only.
                let isDerived = try db.tableExists("lookup")
                let rows = try Row.fetchCursor(
                    db.cachedStatement(
                        sql: isDerived
                            ? "SELECT segment, keys FROM lookup WHERE segment < ? ORDER BY segment DESC"
                            : "SELECT id, keys FROM segments WHERE id < ? ORDER BY id DESC"),
                    arguments: [next])
                while let row = try rows.next() {
                    next = try row.number(at: 0)
                    let isHit = try row.withUnsafeData(atIndex: 1) { data in
                        data?.withUnsafeBytes { blob in
                            isDerived
                                ? take(blob, of: next, holding: wanted)
                                : SegmentKeys.halves(of: blob).withUnsafeBytes { take($0, of: next, holding: wanted) }
                        } ?? false
                    }
                    if isHit { ids.append(next) }
                    if time.isOver { return false }
                }
                return true
            }
        }
        return ids
    }

    /// Keeps a segment's keys where they fit; gives whether any of the wanted ones is among them.
    private mutating func take(_ halves: UnsafeRawBufferPointer, of id: Int64, holding wanted: [UInt32]) -> Bool {
        // What is kept must be the newest without a gap.
        if room > 0, halves.count <= room {
            room -= halves.count
            entries.append(Entry(id: id, halves: [UInt8](halves)))
        } else {
            room = 0
        }
        return SegmentKeys.halves(halves, containAnyOf: wanted)
    }
}

// MARK: - Writing

extension SegmentLookup {
    /// - Parameter keys: As the segment has them.
    static func write(_ keys: Data, of segment: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO lookup(segment, keys) VALUES (?, ?)")
            .execute(arguments: [segment, keys.withUnsafeBytes { Data(SegmentKeys.halves(of: $0)) }])
    }

    static func writeAll(_ db: Database) throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT id, keys FROM segments ORDER BY id")
        while let row = try rows.next() {
            try write(Data(row.blob(at: 1)), of: row.number(at: 0), db)
        }
    }

    static func delete(upTo segment: Int64, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM lookup WHERE segment <= ?", arguments: [segment])
    }
}
