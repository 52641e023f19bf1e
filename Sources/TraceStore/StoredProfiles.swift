import GRDB
import OTLPCoding
public import TraceModel

/// The `profiles` table: how each service's instrumentations speak, counted over all received spans.
///
/// Bounded: beyond `limit` rows, new kinds of spans are no longer counted.
struct StoredProfiles {
    static let limit = 20_000

    private struct Key: Hashable {
        var service: String
        var scope: String
        var kind: SpanKind
        var role: SpanRole
        var generation: ConventionGeneration

        init(_ profile: ServiceProfile) {
            (service, scope, kind) = (profile.service, profile.scope, profile.kind)
            (role, generation) = (profile.role, profile.generation)
        }
    }

    /// The rows that there are.
    private var known: Set<Key> = []

    static func createTable(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS profiles(
                    service TEXT NOT NULL, scope TEXT NOT NULL, kind INTEGER NOT NULL, role INTEGER NOT NULL,
                    since INTEGER NOT NULL, until INTEGER NOT NULL, spans INTEGER NOT NULL, context INTEGER NOT NULL,
                    first INTEGER NOT NULL, last INTEGER NOT NULL,
                    PRIMARY KEY(service, scope, kind, role, since, until)) WITHOUT ROWID
                """)
    }

    mutating func load(_ db: Database) throws { known = Set(try Self.fetch(db).map(Key.init)) }

    mutating func clear(_ db: Database) throws {
        try db.execute(sql: "DELETE FROM profiles")
        known = []
    }

    mutating func add(_ profiles: [ServiceProfile], _ db: Database) throws {
        guard !profiles.isEmpty else { return }
        var sums: [Key: ServiceProfile.Figures] = [:]
        for profile in profiles { sums[Key(profile), default: ServiceProfile.Figures()].add(profile.figures) }
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO profiles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET spans = spans + excluded.spans, context = context + excluded.context,
                    first = min(first, excluded.first), last = max(last, excluded.last)
                """)
        for (key, figures) in sums {
            guard known.count < Self.limit || known.contains(key) else { continue }
            known.insert(key)
            try statement.execute(arguments: [
                key.service, key.scope, Int(key.kind.rawValue), Int(key.role.rawValue), Int(key.generation.since.minor),
                Int(key.generation.until?.minor ?? 0), figures.spans, figures.withContext,
                Int64(clamping: figures.firstSeen), Int64(clamping: figures.lastSeen),
            ])
        }
    }

    /// All rows, by service and scope; none where the store is older than the table.
    static func fetch(_ db: Database) throws -> [ServiceProfile] {
        guard try db.tableExists("profiles") else { return [] }
        return try Row.fetchAll(db, sql: "SELECT * FROM profiles").compactMap(profile)
    }

    private static func profile(_ row: Row) throws -> ServiceProfile? {
        guard let kind = SpanKind(rawValue: UInt8(clamping: try row.number("kind"))),
            let role = SpanRole(rawValue: UInt8(clamping: try row.number("role")))
        else { return nil }
        var figures = ServiceProfile.Figures()
        figures.spans = Int(try row.number("spans"))
        figures.withContext = Int(try row.number("context"))
        figures.firstSeen = UInt64(clamping: try row.number("first"))
        figures.lastSeen = UInt64(clamping: try row.number("last"))
        let since = ConventionVersion(minor: UInt8(clamping: try row.number("since")))
        let until = UInt8(clamping: try row.number("until"))
        return ServiceProfile(
            service: try row.text("service"), scope: try row.text("scope"), kind: kind, role: role,
            generation: ConventionGeneration(
                since: since, until: until == 0 ? nil : ConventionVersion(minor: until)),
            figures: figures)
    }
}

extension SpanStoreReader {
    /// How each service's instrumentations speak: generations of the conventions, kinds of spans, and how many carry
    /// a context. Sorted by service and scope.
    public func profiles() throws(StoreFailure) -> [ServiceProfile] {
        try look { state in try state.database.read { try StoredProfiles.fetch($0) } }
    }
}
