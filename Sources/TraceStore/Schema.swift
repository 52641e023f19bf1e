import GRDB

/// The tables of a store, and how older stores become today's.
///
/// `segments` holds what was received. Everything else is derived from it in the same transaction, and can be derived
/// again (`SpanStore.reindex`).
enum Schema {
    /// `PRAGMA application_id`: "flow" in ASCII.
    static let applicationID = 0x666c_6f77
    /// `PRAGMA user_version`.
    static let version = 1

    static func migrate(_ db: Database) throws {
        guard try Int.fetchOne(db, sql: "PRAGMA user_version") == 0 else { return }
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
                PRAGMA user_version = \(version);
                """)
    }

    static let derivedTables = ["edges", "figures", "hops"]
}
