import Foundation
import GRDB
import OTLPCoding
import TraceModel

/// Finds every span of one conversation: what shares its traces, links to them, or carries its ids, and so on from
/// there until nothing new turns up.
struct ConversationSearch {
    /// Bytes of requests that are kept from one step to the next.
    private static let bytesKept = 32 << 20

    private let id: String
    private let limit: Int
    private var traces: Set<TraceID> = []
    private var correlations: Set<String> = []
    private var messages: Set<String> = []
    private var lookup = SegmentLookup()
    /// The steps of a search come to the same few segments: those that were read stay, as far as they fit.
    private var segments: [Int64: ReadBatch] = [:]
    private var room = Self.bytesKept

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
            for segment in try lookup.segments(database, holding: wanted) {
                guard let segment = try read(segment, database, &reader) else { continue }
                for span in segment.spans(where: { isWanted($0, $1, in: segment.batch) }) {
                    found[SpanKey(trace: span.trace, span: span.id)] = span
                }
                if found.count >= limit { break }
            }
            if found.count == before { break }
            for span in found.values { follow(span) }
        }
        return Array(found.values)
    }

    /// Nil where the segment is damaged, or has gone meanwhile.
    private mutating func read(_ id: Int64, _ database: DatabaseQueue, _ reader: inout SpanReader) throws -> ReadBatch?
    {
        if let known = segments[id] { return known }
        var segment: ReadBatch?
        try database.read { db in
            try StoredSegments.forEach(db, where: "id = ?", [id]) { segment = reader.read($0.batch) }
        }
        if let segment, segment.batch.bytes.count <= room {
            room -= segment.batch.bytes.count
            segments[id] = segment
        }
        return segment
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

    /// Asked of every span of a segment, so that only those that are wanted are decoded in full.
    private func isWanted(_ span: OTLPBatch.SpanView, _ reading: SpanReading, in batch: OTLPBatch) -> Bool {
        traces.contains(span.trace) || batch.links[span.links].contains { traces.contains($0.trace) }
            || (!reading.correlationID.isEmpty && correlations.contains(reading.correlationID))
            || (!reading.messageID.isEmpty && messages.contains(reading.messageID))
    }

    private mutating func follow(_ span: Span) {
        traces.insert(span.trace)
        for link in span.links { traces.insert(link.trace) }
        if !span.reading.correlationID.isEmpty { correlations.insert(span.reading.correlationID) }
        if !span.reading.messageID.isEmpty { messages.insert(span.reading.messageID) }
    }
}
