import Foundation
import GRDB
import OTLPCoding
import TraceModel

/// The `edges` table.
enum StoredEdges {
    static func fetch(_ db: Database) throws -> [Int64: EdgeKey] {
        var edges: [Int64: EdgeKey] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT id, kind, source, target, system, detail, temporary FROM edges")
        while let row = try rows.next() {
            guard let kind = EdgeKind(rawValue: try row.text("kind")) else { continue }
            edges[try row.number("id")] = EdgeKey(
                kind: kind, from: try row.text("source"), to: try row.text("target"), system: try row.text("system"),
                detail: try row.text("detail"), isTemporary: try row.number("temporary") != 0)
        }
        return edges
    }
}

/// One row of `segments`, decoded.
struct StoredSegment {
    var id: Int64
    /// Nanoseconds since the Unix epoch.
    var received: UInt64
    var batch: OTLPBatch
}

/// The `segments` table.
enum StoredSegments {
    /// Hands over the segments that the condition selects, in the order of `order`; one that is damaged is passed over.
    static func forEach(
        _ db: Database, where condition: String, _ arguments: StatementArguments,
        _ body: (StoredSegment) throws -> Void
    ) throws {
        let rows = try rows(db, where: condition, arguments)
        while let row = try rows.next() {
            guard let segment = try segment(row) else { continue }
            try body(segment)
        }
    }

    /// Hands over the segments of a range of ids, in their order. Reads in several transactions when there is much to
    /// read.
    static func forEach(
        in database: DatabaseQueue, _ ids: Range<Int64>, _ body: (StoredSegment) throws -> Void
    ) throws {
        var next = ids.lowerBound
        var isAtEnd = false
        while !isAtEnd {
            isAtEnd = try database.read { db in
                let time = TransactionTime()
                let rows = try rows(db, where: "id >= ? AND id < ?", [next, ids.upperBound])
                while let row = try rows.next() {
                    next = try row.number("id") + 1
                    if let segment = try segment(row) { try body(segment) }
                    if time.isOver { return false }
                }
                return true
            }
        }
    }

    private static func rows(
        _ db: Database, where condition: String, _ arguments: StatementArguments
    ) throws -> RowCursor {
        try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT id, received, format, data FROM segments WHERE \(condition) ORDER BY id"),
            arguments: arguments)
    }

    private static func segment(_ row: Row) throws -> StoredSegment? {
        guard let raw = Compression.decompressed(try row.blob("data")) else { return nil }
        let isJSON = try row.number("format") == Int64(ReceivedRequest.Format.json.rawValue)
        guard let bytes = isJSON ? try? OTLPJSON.transcode(raw) : raw,
            let batch = try? OTLPBatch.decode(protobuf: bytes)
        else { return nil }
        return StoredSegment(
            id: try row.number("id"), received: UInt64(bitPattern: try row.number("received")), batch: batch)
    }
}
