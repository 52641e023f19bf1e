import Foundation
import GRDB
import OTLPCoding
import TraceModel

/// Finds every span of one conversation: what shares its traces, links to them, or carries its ids, and so on from
/// there until nothing new turns up.
struct ConversationSearch {
    private let id: String
    private let limit: Int
    private var traces: Set<TraceID> = []
    private var correlations: Set<String> = []
    private var messages: Set<String> = []

    init(id: String, limit: Int) {
        self.id = id
        self.limit = limit
        if let trace = TraceID(hex: id) { traces.insert(trace) }
        correlations.insert(id)
        messages.insert(id)
    }

    /// Each step is a transaction of its own, so that the writer's log is not held for long.
    mutating func spans(in database: DatabaseQueue, reader: inout SpanReader) throws -> [Span] {
        var found: [SpanKey: Span] = [:]
        var searched: Set<UInt64> = []
        while found.count < limit {
            let wanted = keys.subtracting(searched)
            if wanted.isEmpty { break }
            searched.formUnion(wanted)
            let before = found.count
            for segment in try segments(database, holding: wanted) {
                try database.read { db in
                    try StoredSegments.forEach(db, where: "id = ?", [segment]) { segment in
                        for span in reader.spans(in: segment.batch, where: { _, _ in true }) where isWanted(span) {
                            found[SpanKey(trace: span.trace, span: span.id)] = span
                        }
                    }
                }
                if found.count >= limit { break }
            }
            if found.count == before { break }
            for span in found.values { follow(span) }
        }
        return Array(found.values)
    }

    func isFound(in conversation: Conversation) -> Bool {
        if let trace = TraceID(hex: id), conversation.traces.contains(trace) { return true }
        return conversation.correlationID == id
            || conversation.spans.contains { $0.reading.correlationID == id || $0.reading.messageID == id }
    }

    private var keys: Set<UInt64> {
        Set(traces.map { JoinKey($0).bits })
            .union(correlations.map { SegmentKeys.key(correlation: $0) })
            .union(messages.map { SegmentKeys.key(message: $0) })
    }

    private func isWanted(_ span: Span) -> Bool {
        traces.contains(span.trace) || span.links.contains { traces.contains($0.trace) }
            || (!span.reading.correlationID.isEmpty && correlations.contains(span.reading.correlationID))
            || (!span.reading.messageID.isEmpty && messages.contains(span.reading.messageID))
    }

    private mutating func follow(_ span: Span) {
        traces.insert(span.trace)
        for link in span.links { traces.insert(link.trace) }
        if !span.reading.correlationID.isEmpty { correlations.insert(span.reading.correlationID) }
        if !span.reading.messageID.isEmpty { messages.insert(span.reading.messageID) }
    }

    /// The segments that may hold any of the keys, newest first.
    private func segments(_ database: DatabaseQueue, holding wanted: Set<UInt64>) throws -> [Int64] {
        var ids: [Int64] = []
        var next = Int64.max
        var isAtEnd = false
        while !isAtEnd {
            isAtEnd = try database.read { db in
                let time = TransactionTime()
                let rows = try Row.fetchCursor(
                    db.cachedStatement(sql: "SELECT id, keys FROM segments WHERE id < ? ORDER BY id DESC"),
                    arguments: [next])
                while let row = try rows.next() {
                    next = try row.number(at: 0)
                    let isHit = try row.withUnsafeData(atIndex: 1) { data in
                        data.map { $0.withUnsafeBytes { SegmentKeys.blob($0, containsAnyOf: wanted) } } ?? false
                    }
                    if isHit { ids.append(next) }
                    if time.isOver { return false }
                }
                return true
            }
        }
        return ids
    }
}
