import Foundation
import GRDB
import OTLPCoding
import TraceModel

/// Bringing the writer to where the stored spans left it, and deriving everything again.
extension StoreWriter {
    /// Spans whose facts are read again when a store is opened, so that joining goes on where it stopped.
    private static let replayedSpans = 200_000
    /// Older spans that are noted as counted, so that none is counted again when it is sent again.
    private static let notedSpans = 800_000

    func load() throws {
        forget()
        try database.read { db in
            let rows = try Row.fetchCursor(db, sql: "SELECT id, touched FROM edges")
            let keys = try StoredEdges.fetch(db)
            while let row = try rows.next() {
                guard let key = keys[try row.number("id")] else { continue }
                edges[key] = EdgeRow(id: try row.number("id"), touched: try row.number("touched"))
            }
            edgeKeys = keys
            isMarkDue =
                try Bool.fetchOne(
                    db,
                    sql:
                        "SELECT coalesce((SELECT max(id) FROM segments), 0) > coalesce((SELECT max(segment) FROM marks), 0)"
                ) ?? false
            try profiles.load(db)
            var first: Int64 = .max
            var spans = 0
            let segments = try Row.fetchCursor(db, sql: "SELECT id, spans FROM segments ORDER BY id DESC")
            while spans < Self.replayedSpans, let row = try segments.next() {
                first = try row.number("id")
                spans += try row.count("spans")
            }
            var noted = first
            spans = 0
            while spans < Self.notedSpans, let row = try segments.next() {
                noted = try row.number("id")
                spans += try row.count("spans")
            }
            try StoredSegments.forEach(db, where: "id >= ? AND id < ?", [noted, first]) { segment in
                joiner.noteCounted(segment.batch.spans.lazy.map { SpanKey(trace: $0.trace, span: $0.span) })
            }
            var reader = SpanReader(correlationAttributes: settings.correlationAttributes)
            try StoredSegments.forEach(db, where: "id >= ?", [first]) { segment in
                _ = joiner.add([reader.digest(segment.batch).facts])
            }
        }
        mustReload = false
    }

    /// Works out everything derived again. Figures of spans that were evicted cannot be: those up to the minute of the
    /// newest eviction stay as they are.
    func reindex(progress: (_ done: Int, _ total: Int) -> Void) throws(WriteFailure) {
        do {
            let (ids, evicted) = try database.read { db in
                (
                    try Int64.fetchAll(db, sql: "SELECT id FROM segments ORDER BY id"),
                    try Int64.fetchOne(db, sql: "SELECT evicted_until FROM totals")
                )
            }
            let boundary = evicted.map { $0 / 60_000_000_000 } ?? .min
            try load()
            joiner = Joiner(routes: settings.routes, capacity: settings.joinCapacity)
            var reader = SpanReader(correlationAttributes: settings.correlationAttributes)
            try database.write { db in
                try deleteDerived(after: boundary, db)
                try profiles.clear(db)
                for (index, id) in ids.enumerated() {
                    try StoredSegments.forEach(db, where: "id = ?", [id]) { segment in
                        let digest = reader.digest(segment.batch)
                        let keys = Data(SegmentKeys.encoded(SegmentKeys.keys(of: segment.batch, digest)))
                        try db.cachedStatement(sql: "UPDATE segments SET keys = ? WHERE id = ?")
                            .execute(arguments: [keys, id])
                        try SegmentLookup.write(keys, of: id, db)
                        try derive(joiner.add([digest.facts]), received: segment.received, after: boundary, db)
                        try profiles.add(digest.profiles, db)
                    }
                    if index % 16 == 15 || index == ids.count - 1 { progress(index + 1, ids.count) }
                }
                try countSpanBytes(db)
            }
        } catch {
            mustReload = true
            throw WriteFailure(error)
        }
    }

    private func deleteDerived(after boundary: Int64, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM hops")
        try db.execute(sql: "DELETE FROM figures WHERE minute > ?", arguments: [boundary])
        cells = [:]
        edgeIDsOfHops = [:]
        guard boundary == .min else { return }
        try db.execute(sql: "DELETE FROM edges")
        edges = [:]
        edgeKeys = [:]
    }

    private func countSpanBytes(_ db: Database) throws {
        try db.execute(
            sql: """
                UPDATE totals SET span_bytes = (SELECT coalesce(sum(length(keys) + length(data)), 0) FROM segments)
                    + (SELECT coalesce(sum(length(data)), 0) FROM hops)
                """)
    }

    private func forget() {
        joiner = Joiner(routes: settings.routes, capacity: settings.joinCapacity)
        cells = [:]
        edges = [:]
        edgeKeys = [:]
        edgeIDsOfHops = [:]
    }
}
