import Foundation
import GRDB
import OTLPCoding
import Synchronization
public import TraceModel

/// The reading side of a store: sees what is committed, writes nothing, and may be open beside the writer in any
/// number of processes.
///
/// Thread-safe; calls wait for each other.
public final class SpanStoreReader: Sendable {
    /// Spans looked at for the list of the newest conversations.
    private static let recentSpanLimit = 6_000
    /// Spans of one conversation beyond which no more are looked for.
    private static let conversationSpanLimit = 20_000

    public let path: String
    private let database: DatabaseQueue
    private let assembler: ConversationAssembler
    private let state: Mutex<State>

    /// What one call leaves for the next.
    private struct State: Sendable {
        var reader: SpanReader
        var recent = RecentSpans()
        var rates = RateTracker()
    }

    /// Opens a store that exists.
    public init(_ path: String, settings: SpanStore.Settings = SpanStore.Settings()) throws(StoreFailure) {
        self.path = path
        assembler = ConversationAssembler(routes: settings.routes)
        state = Mutex(State(reader: SpanReader(correlationAttributes: settings.correlationAttributes)))
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "flowglass.store.reader"
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA mmap_size = 0") }
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
            let version = try database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
            guard version <= Schema.version else { throw StoreFailure.newerSchema(path: path, version: version) }
        } catch let failure as StoreFailure {
            throw failure
        } catch {
            throw .cannotOpen(path: path, reason: reason(of: error))
        }
    }

    // MARK: - Edges

    /// The observed edges with their figures over the window that ends at `now` (nanoseconds since the Unix epoch),
    /// sorted by key.
    public func edges(_ window: TimeWindow = .all, now: UInt64) throws(StoreFailure) -> [ObservedEdge] {
        try read { db in try Self.edges(db, window, keys: StoredEdges.fetch(db), now: now) }
    }

    private static func edges(
        _ db: Database, _ window: TimeWindow, keys: [Int64: EdgeKey], now: UInt64
    ) throws -> [ObservedEdge] {
        let from = window.nanoseconds.map { now > $0 ? Int64((now - $0) / 60_000_000_000) : 0 } ?? Int64.min
        var figures: [Int64: EdgeFigures] = [:]
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: "SELECT edge, data FROM figures WHERE minute >= ?"), arguments: [from])
        while let row = try rows.next() {
            let data: Data = row["data"]
            figures[row["edge"], default: EdgeFigures()].add(EdgeFigures(encoded: [UInt8](data)))
        }
        return figures.compactMap { id, figures in
            guard let key = keys[id], !figures.isVoid else { return nil }
            return ObservedEdge(key: key, figures: figures)
        }.sorted { $0.key < $1.key }
    }

    // MARK: - Conversations

    /// The newest conversations, newest first, without mere housekeeping. The oldest of a long list may miss spans that arrived long before the
    /// others; `conversation(_:)` finds them all.
    public func conversations(limit: Int) throws(StoreFailure) -> [Conversation] {
        try read { db in
            try state.withLock { state in
                try state.recent.update(db, reader: &state.reader, limit: max(Self.recentSpanLimit, limit * 40))
                return newest(limit, of: state.recent.spans)
            }
        }
    }

    /// Polls that found nothing, and other chores, are left out.
    private func newest(_ limit: Int, of spans: [Span]) -> [Conversation] {
        Array(assembler.conversations(of: spans).lazy.filter { !$0.isHousekeeping }.prefix(limit))
    }

    /// The conversation that a trace id (32 hexadecimal digits), a correlation ID or a message id belongs to; nil when
    /// nothing in the store does.
    public func conversation(_ id: String) throws(StoreFailure) -> Conversation? {
        try read { db in
            try state.withLock { state in
                var search = ConversationSearch(id: id, limit: Self.conversationSpanLimit)
                let spans = try search.spans(db, reader: &state.reader)
                return assembler.conversations(of: spans).first { search.isFound(in: $0) }
            }
        }
    }

    // MARK: - All at once

    /// All that a dashboard shows, at one moment.
    public func snapshot(_ window: TimeWindow, conversations limit: Int, now: UInt64) throws(StoreFailure)
        -> LiveSnapshot
    {
        try read { db in
            try state.withLock { state in
                var snapshot = LiveSnapshot()
                snapshot.time = now
                let keys = try StoredEdges.fetch(db)
                snapshot.edges = try Self.edges(db, window, keys: keys, now: now)
                snapshot.rates = try state.rates.update(db, now: now).reduce(into: [:]) { rates, entry in
                    if let key = keys[entry.key] { rates[key] = entry.value }
                }
                try state.recent.update(db, reader: &state.reader, limit: Self.recentSpanLimit)
                snapshot.conversations = newest(limit, of: state.recent.spans)
                snapshot.health = try Self.health(db, now: now)
                snapshot.health.bytes = sizeOnDisk
                return snapshot
            }
        }
    }

    private static func health(_ db: Database, now: UInt64) throws -> StoreHealth {
        var health = StoreHealth()
        if let row = try Row.fetchOne(db, sql: "SELECT spans, rejected, reason FROM totals") {
            health.spans = row["spans"]
            health.rejected = row["rejected"]
            health.lastRejection = row["reason"]
        }
        health.spansPerSecond = Array(repeating: 0, count: RateTracker.seconds)
        let second = Int64(now / 1_000_000_000)
        let rows = try Row.fetchCursor(db, sql: "SELECT received, spans FROM segments ORDER BY id DESC")
        while let row = try rows.next() {
            let age = second - (row["received"] as Int64) / 1_000_000_000
            guard age < Int64(RateTracker.seconds) else { break }
            if age >= 0 { health.spansPerSecond[RateTracker.seconds - 1 - Int(age)] += row["spans"] as Int }
        }
        return health
    }

    private var sizeOnDisk: Int {
        ["", "-wal"].reduce(0) { size, suffix in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + suffix)
            return size + ((attributes?[.size] as? Int) ?? 0)
        }
    }

    private func read<Value>(_ body: (Database) throws -> Value) throws(StoreFailure) -> Value {
        do {
            return try database.read(body)
        } catch {
            throw .failed(path: path, reason: reason(of: error))
        }
    }
}
