import GRDB
import OTLPCoding
import TraceModel

/// The newest conversations of those that had begun by a moment in the past.
///
/// Segments lie in the order in which they were received, which is roughly that of the spans in them. What is read goes
/// back from the segments of that moment until the list is full, and through so many spans at the most. Each step reads
/// as much as all before it: what was read is joined again after each, and that must not become the larger part.
struct PastConversations {
    private static let firstStep = 6_000
    /// A store that was filled from files holds spans of any time in any segment.
    private static let spanLimit = 200_000
    /// Spans arrive when they end, and may be late.
    private static let lateness: UInt64 = 60_000_000_000

    let until: UInt64
    let limit: Int

    /// The list, and whether the store may hold older ones.
    func read(
        _ database: DatabaseQueue, reader: inout SpanReader, assembler: ConversationAssembler
    ) throws -> (newest: [Conversation], hasOlder: Bool) {
        let boundary = try database.read { try firstSegment($0, receivedAfter: until &+ Self.lateness) }
        let found = try read(database, before: boundary, reader: &reader, assembler: assembler)
        guard found.newest.isEmpty else { return found }
        // What was read from files was received long after it happened.
        return try read(database, before: Int64.max, reader: &reader, assembler: assembler)
    }

    private func read(
        _ database: DatabaseQueue, before end: Int64, reader: inout SpanReader, assembler: ConversationAssembler
    ) throws -> (newest: [Conversation], hasOlder: Bool) {
        var before = end
        var spans: [Span] = []
        var found: [Conversation] = []
        while spans.count < Self.spanLimit {
            let step = max(Self.firstStep, spans.count)
            guard let first = try database.read({ try start($0, before: before, atLeast: step) }) else {
                return (Array(found.prefix(limit)), found.count > limit)
            }
            try StoredSegments.forEach(in: database, first..<before) { segment in
                spans += reader.spans(in: segment.batch)
            }
            before = first
            found = assembler.conversations(of: spans).filter { $0.start <= until && !$0.isHousekeeping }
            // The oldest of a list may miss spans of the segments before: some more are read than are shown.
            if found.count > limit + limit / 4 { break }
        }
        return (Array(found.prefix(limit)), true)
    }

    /// The id of the first segment that was received later than a moment: one behind the newest where none was.
    /// - Complexity: O(log segments).
    private func firstSegment(_ db: Database, receivedAfter moment: UInt64) throws -> Int64 {
        guard let newest = try Int64.fetchOne(db, sql: "SELECT MAX(id) FROM segments"),
            let oldest = try Int64.fetchOne(db, sql: "SELECT MIN(id) FROM segments")
        else { return 0 }
        var (low, high) = (oldest, newest &+ 1)
        while low < high {
            let middle = low + (high - low) / 2
            // Ids may have gaps: what was received at an id is what the next segment says.
            let received = try Int64.fetchOne(
                db, sql: "SELECT received FROM segments WHERE id >= ? ORDER BY id LIMIT 1", arguments: [middle])
            if let received, UInt64(bitPattern: received) <= moment { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The first of the segments before one that together hold so many spans; nil where there are none.
    private func start(_ db: Database, before: Int64, atLeast spans: Int) throws -> Int64? {
        var first: Int64?
        var count = 0
        let rows = try Row.fetchCursor(
            db, sql: "SELECT id, spans FROM segments WHERE id < ? ORDER BY id DESC", arguments: [before])
        while count < spans, let row = try rows.next() {
            first = try row.number("id")
            count += try row.count("spans")
        }
        return first
    }
}
