import Foundation
import GRDB
import OTLPCoding
import TraceModel

/// The one connection that writes: joins, commits segments with everything derived from them, and evicts.
///
/// Not thread-safe; `SpanStore` uses it on one queue.
final class StoreWriter: @unchecked Sendable {
    struct Item: Sendable {
        var request: ReceivedRequest
        var facts: FactBatch
        var profiles: [ServiceProfile]
        var keys: [UInt64]
        /// `SegmentBuilder.ownData`
        var ownData: CompressedBytes?
    }

    /// A figure: one edge in one minute.
    struct Cell: Hashable {
        var minute: Int64
        var edge: Int64
    }

    /// What is known of a figure's row.
    struct CellState {
        var figures: EdgeFigures
        /// The hour that the row says it was touched in; nil where there is no row.
        var touched: Int64?
        /// The row does not say yet what the figures say.
        var isChanged = false
    }

    /// An edge's row.
    struct EdgeRow {
        var id: Int64
        var touched: Int64
    }

    /// Seconds of `StoreAge` between two marks.
    private static let markInterval: Int64 = 60

    let path: String
    var settings: SpanStore.Settings
    let database: DatabaseQueue
    let reserve: DiskReserve
    var files: StoreFiles
    var age: StoreAge
    var joiner: Joiner
    var edges: [EdgeKey: EdgeRow] = [:]
    var edgeKeys: [Int64: EdgeKey] = [:]
    var edgeIDsOfHops: [JoinedHop.Edge: Int64] = [:]
    var cells: [Cell: CellState] = [:]
    var profiles = StoredProfiles()
    var mustReload = false
    /// Deliveries by the evidence that joined them, since the writer was opened; those of no evidence under nil.
    var deliveries: [JoinEvidence?: Int] = [:]
    /// Messages that joining gave up and that were not told yet.
    var givenUp = GivenUpMessages()
    /// What was evicted and not told yet.
    var evicted: (spans: Int, figures: Int) = (0, 0)
    private var lastMark: Int64 = .min
    /// Something was committed after the last mark.
    var isMarkDue = false

    init(path: String, settings: SpanStore.Settings) throws(WriteFailure) {
        self.path = path
        self.settings = settings
        joiner = Joiner(routes: settings.routes, capacity: settings.joinCapacity)
        reserve = DiskReserve(storePath: path, minimumFree: settings.minimumFreeSpace)
        files = StoreFiles(path: path)
        files.createForOwner()
        do {
            let version = try Self.version(of: path)
            guard version <= Schema.version else { throw WriteFailure.newerSchema(version) }
            database = try DatabaseQueue(path: path, configuration: Self.configuration)
            age = try database.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
                // The first thing in the file, before there is a log: what is interrupted now can be recognised.
                if version == 0 { try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)") }
                try db.execute(sql: "PRAGMA journal_mode = WAL")
                let age = try Self.age(db, version: version, settings.clock)
                try db.inTransaction {
                    try Schema.migrate(db, age: age)
                    try StoredProfiles.createTable(db)
                    return .commit
                }
                return age
            }
            try load()
        } catch {
            throw WriteFailure(error)
        }
        files.note()
    }

    /// Read by a connection that cannot write: a store of a newer version stays as it is.
    private static func version(of path: String) throws -> Int {
        guard StoreFiles.size(of: path) > 0 else { return 0 }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let database = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? database.close() }
        return try database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "flowglass.store.writer"
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA synchronous = FULL; PRAGMA mmap_size = 0; PRAGMA foreign_keys = OFF;
                    PRAGMA cache_size = -16384;
                    """)
        }
        return configuration
    }

    private static func age(_ db: Database, version: Int, _ clock: StoreClock) throws -> StoreAge {
        guard version >= 2, let row = try Row.fetchOne(db, sql: "SELECT age, wall FROM clock") else {
            return StoreAge(clock)
        }
        return StoreAge(
            clock, left: UInt64(bitPattern: try row.number("age")), wall: UInt64(bitPattern: try row.number("wall")))
    }

    /// Nothing may be committed afterwards.
    func close() {
        try? database.write { try saveAge($0) }
        try? database.close()
    }

    // MARK: - Committing

    /// Keeps the items: afterwards they are on disk, or an error says why not and nothing has changed.
    func commit(_ items: [Item]) throws(WriteFailure) {
        do {
            guard files.areOurs else { throw WriteFailure.moved }
            try reserve.check()
            if mustReload { try load() }
            let hour = age.hours
            age.advance(settings.clock)
            if age.hours != hour { edgeIDsOfHops = [:] }
            let changes = joiner.add(items.map(\.facts))
            let received = settings.clock.wall()
            let segments = SegmentBuilder.segments(of: items)
            try database.write { db in
                try insert(segments, received: received, db)
                try derive(changes, received: received, db)
                try profiles.add(items.flatMap(\.profiles), db)
                try addTotals(of: items, db)
                if isTimeToMark { try mark(db) }
            }
            isMarkDue = age.seconds != lastMark
            count(changes)
            reserve.restore()
        } catch {
            mustReload = true
            if (error as? DatabaseError)?.resultCode == .SQLITE_FULL { reserve.release() }
            throw WriteFailure(error)
        }
    }

    private func insert(_ segments: [NewSegment], received: UInt64, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO segments(received, spans, format, keys, data) VALUES (?, ?, ?, ?, ?)")
        var bytes = 0
        for segment in segments {
            guard !segment.data.isEmpty else {
                throw WriteFailure.refused(reason: "memory is too short to compress the spans")
            }
            let keys = Data(SegmentKeys.encoded(segment.keys))
            try statement.execute(arguments: [
                Int64(bitPattern: received), segment.spans, Int(segment.format.rawValue), keys, Data(segment.data),
            ])
            try SegmentLookup.write(keys, of: db.lastInsertedRowID, db)
            bytes += keys.count + segment.data.count
        }
        try addSpanBytes(bytes, db)
    }

    func addSpanBytes(_ count: Int, _ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE totals SET span_bytes = max(0, span_bytes + ?)")
            .execute(arguments: [count])
    }

    private func addTotals(of items: [Item], _ db: Database) throws {
        let spans = items.reduce(0) { $0 + $1.request.batch.spans.count }
        let rejected = items.reduce(0) { $0 + $1.request.batch.rejected.count }
        let reason = items.last { $0.request.batch.rejected.count > 0 }?.request.batch.rejected.reason
        try db.cachedStatement(
            sql: "UPDATE totals SET spans = spans + ?, rejected = rejected + ?, reason = coalesce(?, reason)"
        ).execute(arguments: [spans, rejected, reason])
    }

    private var isTimeToMark: Bool { lastMark == .min || age.seconds >= lastMark + Self.markInterval }

    /// Marks what was committed since the last mark, once it is old enough.
    func markWhatIsNew() throws {
        guard isMarkDue, isTimeToMark else { return }
        try database.write { try mark($0) }
        isMarkDue = false
    }

    /// Notes that everything up to now was there at this age.
    private func mark(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO marks SELECT ?, (SELECT coalesce(max(id), 0) FROM segments),
                    (SELECT coalesce(max(id), 0) FROM hops)
                """, arguments: [age.seconds])
        try saveAge(db)
        lastMark = age.seconds
    }

    func saveAge(_ db: Database) throws {
        age.advance(settings.clock)
        try db.execute(
            sql: "UPDATE clock SET age = ?, wall = ?",
            arguments: [Int64(bitPattern: age.now), Int64(bitPattern: settings.clock.wall())])
    }

    private func count(_ changes: JoinChanges) {
        givenUp += changes.givenUp
        for (hops, sign) in [(changes.added, 1), (changes.removed, -1)] {
            for hop in hops where hop.edge.kind == .consumes {
                deliveries[hop.evidence, default: 0] += sign * Int(hop.messages)
            }
        }
    }
}
