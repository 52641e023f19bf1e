import Foundation
import GRDB

/// The tables of a store, and how older stores become today's.
///
/// `segments` holds what was received. `lookup`, `edges`, `figures` and `hops` are derived from it in the same transaction, and
/// can be derived again (`SpanStore.reindex`). `marks`, `cut`, `totals` and `clock` are about what the store keeps.
enum Schema {
    /// `PRAGMA application_id`: "flow" in ASCII.
    static let applicationID = 0x666c_6f77
    /// `PRAGMA user_version`.
    static let version = 3

    /// Brings a store to today's schema.
    /// - Parameter age: For what is there already: today's age.
    static func migrate(_ db: Database, age: StoreAge) throws {
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        if version < 1 { try makeFirst(db) }
        if version < 2 { try makeSecond(db, age: age, isNew: version == 0) }
        if version < 3 { try makeThird(db) }
    }

    private static func makeFirst(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE segments(
                    id INTEGER PRIMARY KEY,
                    received INTEGER NOT NULL,
                    spans INTEGER NOT NULL,
                    format INTEGER NOT NULL,
                    keys BLOB NOT NULL,
                    data BLOB NOT NULL);
                CREATE TABLE edges(
                    id INTEGER PRIMARY KEY,
                    kind TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, system TEXT NOT NULL,
                    detail TEXT NOT NULL, temporary INTEGER NOT NULL);
                CREATE TABLE figures(
                    minute INTEGER NOT NULL, edge INTEGER NOT NULL, data BLOB NOT NULL,
                    PRIMARY KEY(minute, edge)) WITHOUT ROWID;
                CREATE TABLE hops(
                    id INTEGER PRIMARY KEY, received INTEGER NOT NULL, data BLOB NOT NULL);
                CREATE TABLE totals(
                    id INTEGER PRIMARY KEY CHECK (id = 0),
                    spans INTEGER NOT NULL, rejected INTEGER NOT NULL, reason TEXT);
                INSERT INTO totals VALUES (0, 0, 0, NULL);
                PRAGMA application_id = \(applicationID);
                """)
    }

    /// Retention: `touched` is the hour of `StoreAge` in which a row was written last; a mark says which ids were there
    /// at a second of it; `cut` holds lookup keys of conversations whose older part was evicted, with the newest
    /// segment that holds the rest.
    private static func makeSecond(_ db: Database, age: StoreAge, isNew: Bool) throws {
        try db.execute(
            sql: """
                ALTER TABLE edges ADD COLUMN touched INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE figures ADD COLUMN touched INTEGER NOT NULL DEFAULT 0;
                CREATE TABLE marks(age INTEGER PRIMARY KEY, segment INTEGER NOT NULL, hop INTEGER NOT NULL);
                CREATE TABLE cut(key INTEGER PRIMARY KEY, segment INTEGER NOT NULL);
                CREATE TABLE clock(
                    id INTEGER PRIMARY KEY CHECK (id = 0), age INTEGER NOT NULL, wall INTEGER NOT NULL);
                INSERT INTO clock VALUES (0, \(Int64(bitPattern: age.now)), \(Int64(bitPattern: age.now)));
                ALTER TABLE totals ADD COLUMN evicted_spans INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE totals ADD COLUMN evicted_figures INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE totals ADD COLUMN evicted_until INTEGER;
                ALTER TABLE totals ADD COLUMN span_bytes INTEGER NOT NULL DEFAULT 0;
                """)
        if !isNew {
            // Ages that are not plain to see count as today's: what is kept too long does no harm. The machine's time
            // may have jumped back, so that a row is never older than those before it.
            let (hour, second) = (age.hours, age.seconds)
            func ages(of table: String) -> String {
                """
                SELECT max(min(received / 1000000000 / 3600 * 3600 + 3600, \(second))) OVER (ORDER BY id) AS age,
                       \(table == "segments" ? "id" : "0") AS segment, \(table == "hops" ? "id" : "0") AS hop FROM \(table)
                """
            }
            try db.execute(
                sql: """
                    UPDATE edges SET touched = \(hour);
                    UPDATE figures SET touched =
                        CASE WHEN minute / 60 BETWEEN \(hour - 24 * 90) AND \(hour) THEN minute / 60 ELSE \(hour) END;
                    INSERT INTO marks SELECT age, max(segment), max(hop)
                        FROM (\(ages(of: "segments")) UNION ALL \(ages(of: "hops"))) GROUP BY age;
                    UPDATE totals SET span_bytes = (SELECT coalesce(sum(length(keys) + length(data)), 0) FROM segments)
                        + (SELECT coalesce(sum(length(data)), 0) FROM hops);
                    """)
        }
        try db.execute(
            sql: """
                CREATE INDEX figures_touched ON figures(touched);
                PRAGMA user_version = 2;
                """)
    }

    /// What a search goes through lies close together, instead of between the requests.
    private static func makeThird(_ db: Database) throws {
        try db.execute(sql: "CREATE TABLE lookup(segment INTEGER PRIMARY KEY, keys BLOB NOT NULL)")
        try SegmentLookup.writeAll(db)
        try db.execute(sql: "PRAGMA user_version = 3")
    }
}
