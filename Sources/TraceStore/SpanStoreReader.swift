import Foundation
import GRDB
import OTLPCoding
import Synchronization
public import TraceModel

/// The reading side of a store: sees what is committed, writes nothing, and may be open beside the writer in any
/// number of processes.
///
/// Thread-safe; calls wait for each other. A store that is replaced (a damaged one is set aside) is opened anew.
public final class SpanStoreReader: Sendable {
    /// Spans looked at for the list of the newest conversations, at the most.
    private static let recentSpanLimit = 6_000
    /// How many spans of each are looked at first.
    private static let spansOfConversation = 15
    /// Spans of one conversation beyond which no more are looked for.
    private static let conversationSpanLimit = 20_000

    public let path: String
    private let state: Mutex<State>

    /// What one call leaves for the next.
    struct State: Sendable {
        var settings: SpanStore.Settings
        var assembler: ConversationAssembler
        var database: DatabaseQueue
        /// Which file is open.
        var file: UInt64?
        var reader: SpanReader
        var recent = RecentSpans()
        /// How many it took to fill the list last time.
        var recentSpans = 0
        /// What was made of the recent spans.
        var assembled: Assembled?
        var rates = RateTracker()
        var known = KnownEdges()
    }

    struct Assembled: Sendable {
        var range: ClosedRange<Int64>?
        /// Newest first.
        var conversations: [Conversation]
    }

    /// Opens a store that exists.
    public init(_ path: String, settings: SpanStore.Settings = SpanStore.Settings()) throws(StoreFailure) {
        self.path = path
        state = Mutex(try Self.opened(path, settings))
    }

    private static func opened(_ path: String, _ settings: SpanStore.Settings) throws(StoreFailure) -> State {
        guard let file = StoreFiles.number(of: path) else { throw .missing(path: path) }
        do { try StoreMark.check(path) } catch { throw error.failure(path) }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "flowglass.store.reader"
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA mmap_size = 0; PRAGMA wal_autocheckpoint = 0")
        }
        do {
            let database = try DatabaseQueue(path: path, configuration: configuration)
            let version = try database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
            guard version > 0 else {
                throw StoreFailure.cannotOpen(path: path, reason: "nothing was written to it yet")
            }
            guard version <= Schema.version else { throw StoreFailure.newerSchema(path: path, version: version) }
            return State(
                settings: settings, assembler: ConversationAssembler(routes: settings.routes), database: database,
                file: file, reader: SpanReader(correlationAttributes: settings.correlationAttributes))
        } catch let failure as StoreFailure {
            throw failure
        } catch {
            throw .cannotOpen(path: path, reason: reason(of: error))
        }
    }

    /// Goes on with what another catalog says, from the next call on.
    public func reload(_ settings: SpanStore.Settings) {
        state.withLock { state in
            state.settings = settings
            state.assembler = ConversationAssembler(routes: settings.routes)
            state.reader = SpanReader(correlationAttributes: settings.correlationAttributes)
            // They were read as the old settings have it.
            state.recent = RecentSpans()
            state.recentSpans = 0
            state.assembled = nil
        }
    }

    // MARK: - Edges

    /// The observed edges with their figures over the window that ends at `now` (nanoseconds since the Unix epoch),
    /// sorted by key.
    /// - Parameter isOver: Whether `now` is a moment in the past: what came after it is left out.
    public func edges(
        _ window: TimeWindow = .all, now: UInt64, isOver: Bool = false
    ) throws(StoreFailure) -> [ObservedEdge] {
        try look { state in try Self.edges(&state, window, now: now, isOver: isOver).edges }
    }

    private static func edges(
        _ state: inout State, _ window: TimeWindow, now: UInt64, isOver: Bool = false
    ) throws -> (edges: [ObservedEdge], keys: [Int64: EdgeKey]) {
        let past = isOver ? window.minutes(until: now) : nil
        let from = past?.lowerBound ?? window.firstMinute(until: now)
        let end = past?.upperBound ?? .max
        let figures = try StoredFigures.sums(in: state.database, from: from, to: end)
        let keys = try state.database.read { try StoredEdges.fetch($0) }
        if !isOver { state.known.learn(figures, from: from, keys: keys) }
        let edges: [ObservedEdge] = figures.compactMap { id, figures in
            guard let key = keys[id], !figures.isVoid else { return nil }
            return ObservedEdge(key: key, figures: figures)
        }
        return (edges.sorted { $0.key < $1.key }, keys)
    }

    /// The edges with those that were quiet in the window, which have no figures but when they were seen.
    private static func withQuiet(
        _ edges: [ObservedEdge], _ keys: [Int64: EdgeKey], until: UInt64 = .max, isQuick: Bool, _ state: inout State
    ) throws -> [ObservedEdge] {
        var earlier: [Int64: UInt64] = [:]
        if !isQuick, until != .max {
            let ids = state.known.seenAgain(after: until, besides: edges, of: keys)
            earlier = try LastSightings.times(of: ids, by: until, in: state.database)
        }
        let quiet = state.known.quiet(besides: edges, of: keys, until: until, earlier: earlier)
        return quiet.isEmpty ? edges : (edges + quiet).sorted { $0.key < $1.key }
    }

    /// Learns which edges there are that no window held so far. Where figures are many that takes seconds, and other
    /// calls get their turn meanwhile.
    private func learn(_ keys: [Int64: EdgeKey]) throws(StoreFailure) {
        while try look({ state in try !state.known.complete(keys.keys, in: state.database) }) {}
    }

    // MARK: - Conversations

    /// The newest conversations, newest first, without mere housekeeping. The oldest of a long list may miss spans that
    /// arrived long before the others; `conversation(_:)` finds them all.
    public func conversations(limit: Int) throws(StoreFailure) -> [Conversation] {
        try look { state in try newest(limit, max(Self.recentSpanLimit, limit * 40), &state) }
    }

    /// Polls that found nothing, and other chores, are left out.
    private func newest(_ limit: Int, _ spanLimit: Int, _ state: inout State) throws -> [Conversation] {
        var wanted = min(spanLimit, max(state.recentSpans, limit * Self.spansOfConversation))
        while true {
            try state.database.read { try state.recent.update($0, reader: &state.reader, limit: wanted) }
            if state.assembled?.range != state.recent.range {
                let all = state.assembler.conversations(of: state.recent.spans).filter { !$0.isHousekeeping }
                state.assembled = Assembled(range: state.recent.range, conversations: all)
            }
            // The oldest of a list may miss spans of the segments before: some more are read than are shown.
            let isEnough = (state.assembled?.conversations.count ?? 0) > limit + limit / 4
            if isEnough || !state.recent.leavesOut || wanted >= spanLimit { break }
            wanted = min(spanLimit, wanted * 2)
        }
        state.recentSpans = wanted
        return try noting(cutsIn: Array((state.assembled?.conversations ?? []).prefix(limit)), state)
    }

    /// The conversation that a trace id (32 hexadecimal digits), a correlation ID or a message id belongs to; nil when
    /// nothing in the store does.
    public func conversation(_ id: String) throws(StoreFailure) -> Conversation? {
        try look { state in
            var search = ConversationSearch(id: id, limit: Self.conversationSpanLimit)
            let spans = try search.spans(in: state.database, reader: &state.reader)
            let candidates = state.assembler.conversations(of: spans).filter { search.isFound(in: $0) }
            let found = candidates.first { $0.id == id } ?? candidates.first
            return try noting(cutsIn: found.map { [$0] } ?? [], state).first
        }
    }

    /// A conversation that lost its older part says so.
    private func noting(cutsIn conversations: [Conversation], _ state: State) throws -> [Conversation] {
        guard !conversations.isEmpty else { return [] }
        return try state.database.read { db in
            guard try StoredHealth.hasCuts(db) else { return conversations }
            return try conversations.map { conversation in
                guard try !StoredHealth.cut(db, among: conversation.lookupKeys).isEmpty else { return conversation }
                var conversation = conversation
                conversation.warnings.append("its older part was evicted from the store")
                return conversation
            }
        }
    }

    // MARK: - All at once

    /// All that a dashboard shows, at one moment: also the edges that were quiet in the window.
    /// - Parameter isQuick: Leaves out what only all stored figures tell: edges that no window held so far.
    public func snapshot(
        _ window: TimeWindow, conversations limit: Int, now: UInt64, isQuick: Bool = false
    ) throws(StoreFailure) -> LiveSnapshot {
        let (edges, keys) = try look { state in try Self.edges(&state, window, now: now) }
        if !isQuick { try learn(keys) }
        return try look { state in
            var snapshot = LiveSnapshot()
            (snapshot.time, snapshot.window) = (now, window)
            snapshot.edges = try Self.withQuiet(edges, keys, isQuick: isQuick, &state)
            snapshot.rates = try state.database.read { try state.rates.update($0, now: now) }
                .reduce(into: [:]) { rates, entry in
                    if let key = keys[entry.key] { rates[key] = entry.value }
                }
            snapshot.conversations = try newest(limit, Self.recentSpanLimit, &state)
            snapshot.hasOlderConversations =
                state.recent.leavesOut || state.assembled.map { $0.conversations.count > limit } ?? false
            snapshot.health = try health(state, now: now)
            return snapshot
        }
    }

    /// All that a dashboard shows of the past: the window that ends at `until` (nanoseconds since the Unix epoch), the
    /// conversations that had begun by then, newest first, and an hour of rates, minute by minute.
    public func snapshot(
        _ window: TimeWindow, until: UInt64, conversations limit: Int, now: UInt64, isQuick: Bool = false
    ) throws(StoreFailure) -> LiveSnapshot {
        let past = try look { state in
            var past = PastFigures(window: window, until: until)
            try past.read(state.database)
            return past
        }
        if !isQuick { try learn(past.keys) }
        return try look { state in
            var snapshot = LiveSnapshot()
            (snapshot.time, snapshot.window) = (now, window)
            snapshot.until = until
            let conversations = PastConversations(until: until, limit: limit)
            (snapshot.conversations, snapshot.hasOlderConversations) = try conversations.read(
                state.database, reader: &state.reader, assembler: state.assembler)
            snapshot.edges = try Self.withQuiet(past.edges, past.keys, until: until, isQuick: isQuick, &state)
            snapshot.rates = past.rates
            snapshot.rateSeconds = 60
            snapshot.rateStretch = past.stretch
            snapshot.conversations = try noting(cutsIn: snapshot.conversations, state)
            snapshot.health = try health(state, now: now)
            return snapshot
        }
    }

    /// How the store is, as its files and tables say.
    public func health(now: UInt64) throws(StoreFailure) -> StoreHealth {
        try look { state in try health(state, now: now) }
    }

    private func health(_ state: State, now: UInt64) throws -> StoreHealth {
        var health = try state.database.read { try StoredHealth.fetch($0, now: now) }
        health.logBytes = StoreFiles.size(of: path + "-wal")
        health.bytes = StoreFiles.size(of: path) + health.logBytes
        return health
    }

    /// For what other files read: the open database.
    func withDatabase<Value: Sendable>(_ body: (DatabaseQueue) throws -> Value) throws(StoreFailure) -> Value {
        try look { state in try body(state.database) }
    }

    func look<Value>(_ body: (inout sending State) throws -> sending Value) throws(StoreFailure) -> Value {
        do {
            return try state.withLock { state in
                if StoreFiles.number(of: path) != state.file { state = try Self.opened(path, state.settings) }
                return try body(&state)
            }
        } catch let failure as StoreFailure {
            throw failure
        } catch {
            throw .failed(path: path, reason: reason(of: error))
        }
    }
}
