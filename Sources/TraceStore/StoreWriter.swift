import Foundation
import GRDB
import OTLPCoding
import TraceModel

/// The one connection that writes: joins, and commits segments with everything derived from them.
///
/// Not thread-safe; `SpanStore` uses it on one queue.
final class StoreWriter: @unchecked Sendable {
    struct Item {
        var request: ReceivedRequest
        var digest: SpanReader.Digest
        var keys: [UInt64]
    }

    private struct Cell: Hashable {
        var minute: Int64
        var edge: Int64
    }

    /// Requests are gathered into one segment until they hold this many bytes.
    private static let segmentBytes = 256 << 10
    /// Spans whose facts are read again when a store is opened, so that joining goes on where it stopped.
    private static let replayedSpans = 200_000
    private static let minute: UInt64 = 60_000_000_000

    private let path: String
    private let settings: SpanStore.Settings
    private let database: DatabaseQueue
    private let reserve: DiskReserve
    private var joiner: Joiner
    private var edgeIDs: [EdgeKey: Int64] = [:]
    private var edgeIDsOfHops: [JoinedHop.Edge: Int64] = [:]
    private var cells: [Cell: EdgeFigures] = [:]
    private var mustReload = false

    init(path: String, settings: SpanStore.Settings) throws(WriteFailure) {
        self.path = path
        self.settings = settings
        joiner = Joiner(routes: settings.routes, capacity: settings.joinCapacity)
        reserve = DiskReserve(storePath: path, minimumFree: settings.minimumFreeSpace)
        var configuration = Configuration()
        configuration.label = "flowglass.store.writer"
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA mmap_size = 0;
                    PRAGMA foreign_keys = OFF; PRAGMA cache_size = -16384;
                    """)
        }
        Self.createForOwner(path)
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
            try database.write { db in
                let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                guard version <= Schema.version else { throw WriteFailure.newerSchema(version) }
                try Schema.migrate(db)
            }
            try load()
        } catch {
            throw WriteFailure(error)
        }
    }

    /// Makes the file, where it is not there, for its owner only: SQLite gives its other files the same mode.
    private static func createForOwner(_ path: String) {
        let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        if descriptor >= 0 { Foundation.close(descriptor) }
    }

    /// Nothing may be committed afterwards.
    func close() { try? database.close() }

    // MARK: - Committing

    /// Keeps the items: afterwards they are on disk, or an error says why not and nothing has changed.
    func commit(_ items: [Item]) throws(WriteFailure) {
        do {
            try reserve.check()
            if mustReload { try load() }
            let changes = joiner.add(items.flatMap(\.digest.facts))
            let received = UInt64(Date().timeIntervalSince1970 * 1e9)
            let segments = segments(of: items)
            try database.write { db in
                try insert(segments, received: received, db)
                try derive(changes, received: received, db)
                try addTotals(of: items, db)
            }
            reserve.restore()
        } catch {
            mustReload = true
            if (error as? DatabaseError)?.resultCode == .SQLITE_FULL { reserve.release() }
            throw WriteFailure(error)
        }
    }

    private struct Segment {
        var spans: Int
        var format: ReceivedRequest.Format
        var keys: [UInt64]
        var data: [UInt8]
    }

    /// Small binary requests share a segment: protobuf messages put end to end are the message of all their parts.
    private func segments(of items: [Item]) -> [Segment] {
        var segments: [Segment] = []
        var gathered: Segment?
        func finish() {
            if var segment = gathered {
                segment.data = Compression.compressed(segment.data)
                segment.keys = Array(Set(segment.keys))
                segments.append(segment)
            }
            gathered = nil
        }
        for item in items where !item.request.batch.spans.isEmpty {
            if item.request.format == .json {
                segments.append(
                    Segment(
                        spans: item.request.batch.spans.count, format: .json, keys: item.keys,
                        data: Compression.compressed(item.request.raw)))
                continue
            }
            if var segment = gathered {
                segment.spans += item.request.batch.spans.count
                segment.keys += item.keys
                segment.data += item.request.batch.bytes
                gathered = segment
            } else {
                gathered = Segment(
                    spans: item.request.batch.spans.count, format: .protobuf, keys: item.keys,
                    data: item.request.batch.bytes)
            }
            if let size = gathered?.data.count, size >= Self.segmentBytes { finish() }
        }
        finish()
        return segments
    }

    private func insert(_ segments: [Segment], received: UInt64, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO segments(received, spans, format, keys, data) VALUES (?, ?, ?, ?, ?)")
        for segment in segments {
            try statement.execute(arguments: [
                Int64(bitPattern: received), segment.spans, Int(segment.format.rawValue),
                Data(SegmentKeys.encoded(segment.keys)), Data(segment.data),
            ])
        }
    }

    private func addTotals(of items: [Item], _ db: Database) throws {
        let spans = items.reduce(0) { $0 + $1.request.batch.spans.count }
        let rejected = items.reduce(0) { $0 + $1.request.batch.rejected.count }
        let reason = items.last { $0.request.batch.rejected.count > 0 }?.request.batch.rejected.reason
        try db.cachedStatement(
            sql: "UPDATE totals SET spans = spans + ?, rejected = rejected + ?, reason = coalesce(?, reason)"
        ).execute(arguments: [spans, rejected, reason])
    }

    // MARK: - Deriving

    private func derive(_ changes: JoinChanges, received: UInt64, _ db: Database) throws {
        guard !changes.isEmpty else { return }
        var changed: Set<Cell> = []
        var records: [HopRecord] = []
        records.reserveCapacity(changes.removed.count + changes.added.count)
        // Added first: a figure that loses one hop and gains another never looks empty in between.
        for (hops, sign) in [(changes.added, 1), (changes.removed, -1)] {
            for hop in hops {
                let edge = try edgeID(of: hop, db)
                let cell = Cell(minute: Int64(hop.time / Self.minute), edge: edge)
                if cells[cell] == nil { cells[cell] = try figures(of: cell, db) }
                cells[cell]!.apply(hop, sign: sign)
                changed.insert(cell)
                records.append(
                    HopRecord(
                        edge: edge, sign: sign, isError: hop.isError, isDuplicate: hop.isDuplicate,
                        evidence: hop.evidence, time: hop.time, wait: hop.wait.map { $0 / 1_000 },
                        work: hop.work.map { $0 / 1_000 }, trace: hop.trace))
            }
        }
        let upsert = try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO figures(minute, edge, data) VALUES (?, ?, ?)")
        for cell in changed {
            if cells[cell]!.isVoid {
                cells[cell] = nil
                try db.cachedStatement(sql: "DELETE FROM figures WHERE minute = ? AND edge = ?")
                    .execute(arguments: [cell.minute, cell.edge])
            } else {
                try upsert.execute(arguments: [cell.minute, cell.edge, Data(cells[cell]!.encoded)])
            }
        }
        try db.cachedStatement(sql: "INSERT INTO hops(received, data) VALUES (?, ?)")
            .execute(arguments: [Int64(bitPattern: received), Data(HopRecord.encoded(records))])
        forgetOldCells()
    }

    private func figures(of cell: Cell, _ db: Database) throws -> EdgeFigures {
        let data = try Data.fetchOne(
            db.cachedStatement(sql: "SELECT data FROM figures WHERE minute = ? AND edge = ?"),
            arguments: [cell.minute, cell.edge])
        return data.map { EdgeFigures(encoded: [UInt8]($0)) } ?? EdgeFigures()
    }

    /// Keeps the cells of the newest minutes in memory; the others are read again when a late span needs them.
    private func forgetOldCells() {
        guard cells.count > 20_000 else { return }
        let minutes = cells.keys.map(\.minute).sorted(by: >)
        let oldest = minutes[10_000]
        cells = cells.filter { $0.key.minute >= oldest }
        if cells.count > 20_000 { cells = [:] }
    }

    private func edgeID(of hop: JoinedHop, _ db: Database) throws -> Int64 {
        if let id = edgeIDsOfHops[hop.edge] { return id }
        let key = joiner.edge(of: hop)
        let id = try edgeIDs[key] ?? insertEdge(key, db)
        edgeIDsOfHops[hop.edge] = id
        return id
    }

    private func insertEdge(_ key: EdgeKey, _ db: Database) throws -> Int64 {
        try db.cachedStatement(
            sql: "INSERT INTO edges(kind, source, target, system, detail, temporary) VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [key.kind.rawValue, key.from, key.to, key.system, key.detail, key.isTemporary])
        edgeIDs[key] = db.lastInsertedRowID
        return db.lastInsertedRowID
    }

    // MARK: - Starting

    /// Brings the joiner to where the stored spans left it.
    private func load() throws {
        joiner = Joiner(routes: settings.routes, capacity: settings.joinCapacity)
        cells = [:]
        edgeIDsOfHops = [:]
        try database.read { db in
            edgeIDs = try StoredEdges.fetch(db).reduce(into: [:]) { $0[$1.value] = $1.key }
            var first: Int64 = .max
            var spans = 0
            let rows = try Row.fetchCursor(db, sql: "SELECT id, spans FROM segments ORDER BY id DESC")
            while spans < Self.replayedSpans, let row = try rows.next() {
                first = row["id"]
                spans += row["spans"] as Int
            }
            var reader = SpanReader(correlationAttributes: settings.correlationAttributes)
            try StoredSegments.forEach(db, where: "id >= ?", [first]) { segment in
                _ = joiner.add(reader.digest(segment.batch).facts)
            }
        }
        mustReload = false
    }

    func reindex(progress: (_ done: Int, _ total: Int) -> Void) throws(WriteFailure) {
        do {
            let ids = try database.read { try Int64.fetchAll($0, sql: "SELECT id FROM segments ORDER BY id") }
            joiner = Joiner(routes: settings.routes, capacity: settings.joinCapacity)
            cells = [:]
            edgeIDs = [:]
            edgeIDsOfHops = [:]
            var reader = SpanReader(correlationAttributes: settings.correlationAttributes)
            try database.write { db in
                for table in Schema.derivedTables { try db.execute(sql: "DELETE FROM \(table)") }
                for (index, id) in ids.enumerated() {
                    try StoredSegments.forEach(db, where: "id = ?", [id]) { segment in
                        let digest = reader.digest(segment.batch)
                        try db.cachedStatement(sql: "UPDATE segments SET keys = ? WHERE id = ?").execute(
                            arguments: [Data(SegmentKeys.encoded(SegmentKeys.keys(of: segment.batch, digest))), id])
                        try derive(joiner.add(digest.facts), received: segment.received, db)
                    }
                    if index % 16 == 15 || index == ids.count - 1 { progress(index + 1, ids.count) }
                }
            }
        } catch {
            mustReload = true
            throw WriteFailure(error)
        }
    }
}
