import Foundation
import GRDB

/// Which segments may hold any of some keys.
///
/// A search asks several times, each time for what it just learnt of. The keys of the newest segments are kept from the
/// first time on, as far as they fit; those of older ones are read again.
struct SegmentLookup {
    /// Bytes of keys that are kept: those of some ten million spans.
    private let limit: Int

    private struct Entry {
        var id: Int64
        var end: Int
    }

    /// Newest first; `keys` holds their blobs end to end.
    private var entries: [Entry] = []
    private var keys: [UInt8] = []
    private var isFull = false

    init(limit: Int = 64 << 20) { self.limit = limit }

    /// Newest first.
    mutating func segments(_ database: DatabaseQueue, holding wanted: Set<UInt64>) throws -> [Int64] {
        var ids = known(holding: wanted)
        var next = entries.last?.id ?? Int64.max
        var isAtEnd = !entries.isEmpty && !isFull
        while !isAtEnd {
            isAtEnd = try database.read { db in
                let time = TransactionTime()
                let rows = try Row.fetchCursor(
                    db.cachedStatement(sql: "SELECT id, keys FROM segments WHERE id < ? ORDER BY id DESC"),
                    arguments: [next])
                while let row = try rows.next() {
                    next = try row.number(at: 0)
                    let isHit = try row.withUnsafeData(atIndex: 1) { data in
                        data?.withUnsafeBytes { blob in
                            keep(blob, of: next)
                            return SegmentKeys.blob(blob, containsAnyOf: wanted)
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

    private func known(holding wanted: Set<UInt64>) -> [Int64] {
        keys.withUnsafeBytes { keys in
            var start = 0
            return entries.compactMap { entry in
                defer { start = entry.end }
                let blob = UnsafeRawBufferPointer(rebasing: keys[start..<entry.end])
                return SegmentKeys.blob(blob, containsAnyOf: wanted) ? entry.id : nil
            }
        }
    }

    private mutating func keep(_ blob: UnsafeRawBufferPointer, of id: Int64) {
        // What is kept must be the newest without a gap.
        if isFull || keys.count + blob.count > limit {
            isFull = true
        } else {
            keys += blob
            entries.append(Entry(id: id, end: keys.count))
        }
    }
}
