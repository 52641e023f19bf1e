import GRDB
import OTLPCoding
import TraceModel

/// The spans of the newest segments, kept decoded between looks: each look reads only what came since.
struct RecentSpans: Sendable {
    private struct Part: Sendable {
        var segment: Int64
        var spans: [Span]
    }

    private var parts: [Part] = []
    /// Whether the store holds older segments.
    private(set) var leavesOut = false

    /// The ids of the oldest and the newest segment: what is made of the spans holds as long as they are the same.
    var range: ClosedRange<Int64>? {
        guard let first = parts.first?.segment, let last = parts.last?.segment else { return nil }
        return first...last
    }

    /// Oldest segment first.
    var spans: [Span] { parts.flatMap(\.spans) }

    /// Brings the spans up to date: those of the newest segments that together hold at least `limit` spans.
    mutating func update(_ db: Database, reader: inout SpanReader, limit: Int) throws {
        var first: Int64 = 0
        var count = 0
        let rows = try Row.fetchCursor(db, sql: "SELECT id, spans FROM segments ORDER BY id DESC")
        while count < limit, let row = try rows.next() {
            first = try row.number("id")
            count += try row.count("spans")
        }
        leavesOut = try rows.next() != nil
        parts.removeAll { $0.segment < first }
        if let oldest = parts.first?.segment, oldest > first {
            var older: [Part] = []
            try StoredSegments.forEach(db, where: "id >= ? AND id < ?", [first, oldest]) { segment in
                older.append(Part(segment: segment.id, spans: reader.spans(in: segment.batch)))
            }
            parts = older + parts
        }
        let next = parts.last.map { $0.segment + 1 } ?? first
        try StoredSegments.forEach(db, where: "id >= ?", [next]) { segment in
            parts.append(Part(segment: segment.id, spans: reader.spans(in: segment.batch)))
        }
    }
}
