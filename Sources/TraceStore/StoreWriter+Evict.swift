import Foundation
import GRDB
import TraceModel

/// Taking out what is kept no longer, a little at a time: each step is one small transaction, so that commits wait
/// for milliseconds only.
extension StoreWriter {
    /// What a step may take.
    private enum Chunk {
        static let segments = 64
        static let figures = 1_000
        /// Pages of the file, 4 KiB each.
        static let pages = 512
        /// Segments after an evicted one in which the rest of its conversations is looked for.
        static let reach = 128
        /// Rows of `cut`.
        static let cut = 100_000
    }

    /// Pages without content that a file may have, whatever its size.
    private static let freePages = 4_096

    /// Takes one step; false when nothing is left to do.
    func evict() throws(WriteFailure) -> Bool {
        do {
            guard files.areOurs else { return false }
            age.advance(settings.clock)
            try markWhatIsNew()
            return try database.write { db in try evictByAge(db) } || database.write { db in try evictBySize(db) }
                || vacuum()
        } catch {
            mustReload = true
            if (error as? DatabaseError)?.resultCode == .SQLITE_FULL { reserve.release() }
            throw WriteFailure(error)
        }
    }

    // MARK: - By age

    private func evictByAge(_ db: Database) throws -> Bool {
        if let before = age.seconds(before: settings.retention.spans) {
            let mark = try Row.fetchOne(
                db,
                sql: """
                    SELECT coalesce(max(segment), 0) AS segment, coalesce(max(hop), 0) AS hop FROM marks
                    WHERE age <= ?
                    """, arguments: [before])
            if let mark, try evictSpans(upTo: mark.number("segment"), hopsUpTo: mark.number("hop"), db) { return true }
            try db.execute(
                sql: """
                    DELETE FROM marks WHERE age < (SELECT max(age) FROM marks WHERE age <= ?)
                    """, arguments: [before])
        }
        if let before = age.seconds(before: settings.retention.figures) {
            if try evictFigures(touchedBefore: before / 3_600, db) { return true }
        }
        return try evictEdges(db)
    }

    /// Edges without figures and hops: nothing of theirs is younger than the edge's own `touched`.
    private func evictEdges(_ db: Database) throws -> Bool {
        guard let spans = age.seconds(before: settings.retention.spans),
            let figures = age.seconds(before: settings.retention.figures)
        else { return false }
        let ids = try Int64.fetchAll(
            db, sql: "SELECT id FROM edges WHERE touched < ? LIMIT ?",
            arguments: [min(spans, figures) / 3_600, Chunk.figures])
        for id in ids {
            try db.cachedStatement(sql: "DELETE FROM edges WHERE id = ?").execute(arguments: [id])
            if let key = edgeKeys.removeValue(forKey: id) { edges[key] = nil }
        }
        if !ids.isEmpty { edgeIDsOfHops = [:] }
        return !ids.isEmpty
    }

    // MARK: - By size

    private func evictBySize(_ db: Database) throws -> Bool {
        guard let limit = settings.retention.bytes else { return false }
        let used = try usedBytes(db)
        guard used > limit else { return false }
        let spanBytes = try Int.fetchOne(db, sql: "SELECT span_bytes FROM totals") ?? 0
        if used - spanBytes > limit / Retention.figuresShare, try evictFigures(touchedBefore: .max, db) { return true }
        // The newest segment stays, whatever the limit.
        let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM segments") ?? 0
        let oldest = try Int64.fetchAll(
            db, sql: "SELECT id FROM segments ORDER BY id LIMIT ?", arguments: [Chunk.segments / 2])
        guard let target = oldest.last(where: { $0 < last }) else { return false }
        let hop = try Int64.fetchOne(db, sql: "SELECT max(hop) FROM marks WHERE segment <= ?", arguments: [target])
        return try evictSpans(upTo: target, hopsUpTo: hop ?? 0, db)
    }

    private func usedBytes(_ db: Database) throws -> Int {
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        let free = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
        let size = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 4_096
        return (pages - free) * size
    }

    // MARK: - Spans

    private func evictSpans(upTo target: Int64, hopsUpTo hop: Int64, _ db: Database) throws -> Bool {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, received, spans, length(keys) + length(data) AS bytes FROM segments
                WHERE id <= ? ORDER BY id LIMIT ?
                """, arguments: [target, Chunk.segments])
        let hops = try Row.fetchAll(
            db, sql: "SELECT id, length(data) AS bytes FROM hops WHERE id <= ? ORDER BY id LIMIT ?",
            arguments: [hop, Chunk.segments])
        if let last = try rows.last?.number("id") {
            try noteCut(upTo: last, target: target, db)
            try db.execute(sql: "DELETE FROM segments WHERE id <= ?", arguments: [last])
            try SegmentLookup.delete(upTo: last, db)
            try db.execute(
                sql: """
                    UPDATE totals SET evicted_spans = evicted_spans + ?,
                        evicted_until = max(coalesce(evicted_until, 0), ?)
                    """,
                arguments: [
                    rows.reduce(0) { $0 + (try $1.count("spans")) }, rows.map { try $0.number("received") }.max(),
                ])
        }
        evicted.spans += try rows.reduce(0) { $0 + (try $1.count("spans")) }
        if let last = try hops.last?.number("id") {
            try db.execute(sql: "DELETE FROM hops WHERE id <= ?", arguments: [last])
        }
        try addSpanBytes(-(rows + hops).reduce(0) { $0 + (try $1.count("bytes")) }, db)
        return !rows.isEmpty || !hops.isEmpty
    }

    /// Keeps in mind which conversations lose their older part: those whose keys turn up again soon after what goes.
    private func noteCut(upTo last: Int64, target: Int64, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM cut WHERE segment <= ?", arguments: [last])
        // Far from where the eviction ends, what comes next goes too.
        guard last + Int64(Chunk.reach) > target,
            try Int.fetchOne(db, sql: "SELECT count(*) FROM cut") ?? 0 < Chunk.cut
        else { return }
        var gone: Set<UInt64> = []
        try forEachKey(db, where: "id <= ?", [last]) { _, key in gone.insert(key) }
        var kept: [UInt64: Int64] = [:]
        try forEachKey(db, where: "id > ? AND id <= ?", [last, last + Int64(Chunk.reach)]) { segment, key in
            if gone.contains(key) { kept[key] = segment }
        }
        for (key, segment) in kept {
            try db.cachedStatement(sql: "INSERT OR REPLACE INTO cut VALUES (?, ?)")
                .execute(arguments: [Int64(bitPattern: key), segment])
        }
    }

    private func forEachKey(
        _ db: Database, where condition: String, _ arguments: StatementArguments, _ body: (Int64, UInt64) -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            db, sql: "SELECT id, keys FROM segments WHERE \(condition) ORDER BY id", arguments: arguments)
        while let row = try rows.next() {
            let id = try row.number("id")
            try row.withUnsafeData(atIndex: 1) { data in
                data?.withUnsafeBytes { SegmentKeys.forEach(in: $0) { body(id, $0) } }
            }
        }
    }

    // MARK: - Figures

    private func evictFigures(touchedBefore hour: Int64, _ db: Database) throws -> Bool {
        let rows = try Row.fetchAll(
            db, sql: "SELECT minute, edge FROM figures WHERE touched < ? ORDER BY touched, minute LIMIT ?",
            arguments: [hour, Chunk.figures])
        for row in rows {
            let cell = Cell(minute: try row.number("minute"), edge: try row.number("edge"))
            try db.cachedStatement(sql: "DELETE FROM figures WHERE minute = ? AND edge = ?")
                .execute(arguments: [cell.minute, cell.edge])
            cells[cell] = nil
        }
        evicted.figures += rows.count
        if !rows.isEmpty {
            try db.execute(sql: "UPDATE totals SET evicted_figures = evicted_figures + ?", arguments: [rows.count])
        }
        return !rows.isEmpty
    }

    // MARK: - The file

    /// Gives pages without content back to the disk, when they are more than a quarter of the file or the limit is
    /// passed. What stays is filled again before the file grows.
    private func vacuum() throws -> Bool {
        try database.writeWithoutTransaction { db in
            let free = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            let size = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 4_096
            let isTooLarge = settings.retention.bytes.map { pages * size > $0 } ?? false
            guard free > Self.freePages && free > pages / 4 || isTooLarge && free > Chunk.pages,
                try Int.fetchOne(db, sql: "PRAGMA auto_vacuum") == 2
            else { return false }
            try db.execute(sql: "PRAGMA incremental_vacuum(\(Chunk.pages))")
            return try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0 < free
        }
    }

    /// Shortens a write-ahead log that has grown beyond `limit` bytes, unless a reader holds it.
    func shortenLog(beyond limit: Int) throws(WriteFailure) {
        guard files.walBytes > limit else { return }
        do {
            try database.writeWithoutTransaction { db in
                // A reader is not waited for: spans are.
                try db.execute(sql: "PRAGMA busy_timeout = 20")
                defer { try? db.execute(sql: "PRAGMA busy_timeout = 5000") }
                _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
        } catch {
            throw WriteFailure(error)
        }
    }
}
