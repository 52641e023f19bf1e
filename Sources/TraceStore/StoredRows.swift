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
            guard let kind = EdgeKind(rawValue: row["kind"]) else { continue }
            edges[row["id"]] = EdgeKey(
                kind: kind, from: row["source"], to: row["target"], system: row["system"], detail: row["detail"],
                isTemporary: row["temporary"])
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
        _ db: Database, where condition: String, _ arguments: StatementArguments, order: String = "id",
        _ body: (StoredSegment) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT id, received, format, data FROM segments WHERE \(condition) ORDER BY \(order)"),
            arguments: arguments)
        while let row = try rows.next() {
            guard let segment = segment(row) else { continue }
            try body(segment)
        }
    }

    private static func segment(_ row: Row) -> StoredSegment? {
        let data: Data = row["data"]
        guard let raw = Compression.decompressed([UInt8](data)) else { return nil }
        let isJSON = (row["format"] as Int) == Int(ReceivedRequest.Format.json.rawValue)
        guard let bytes = isJSON ? try? OTLPJSON.transcode(raw) : raw,
            let batch = try? OTLPBatch.decode(protobuf: bytes)
        else { return nil }
        return StoredSegment(id: row["id"], received: UInt64(bitPattern: row["received"] as Int64), batch: batch)
    }
}
