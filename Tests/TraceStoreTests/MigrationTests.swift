import Foundation
import GRDB
import OTLPCoding
import Testing
import TraceModel

@testable import TraceStore

/// Stores that older versions made.
@Suite struct MigrationTests {
    /// The tables of schema 1, as version 1 made them.
    private static let first = """
        CREATE TABLE segments(
            id INTEGER PRIMARY KEY, received INTEGER NOT NULL, spans INTEGER NOT NULL, format INTEGER NOT NULL,
            keys BLOB NOT NULL, data BLOB NOT NULL);
        CREATE TABLE edges(
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
            system TEXT NOT NULL, detail TEXT NOT NULL, temporary INTEGER NOT NULL);
        CREATE TABLE figures(
            minute INTEGER NOT NULL, edge INTEGER NOT NULL, data BLOB NOT NULL,
            PRIMARY KEY(minute, edge)) WITHOUT ROWID;
        CREATE TABLE hops(id INTEGER PRIMARY KEY, received INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE totals(
            id INTEGER PRIMARY KEY CHECK (id = 0), spans INTEGER NOT NULL, rejected INTEGER NOT NULL, reason TEXT);
        PRAGMA application_id = 1718382455;
        PRAGMA user_version = 1;
        """

    /// A store of schema 1 with three bookings, received at the test clock's begin.
    private func makeFirst(_ folder: Folder, _ clock: TestClock) async throws {
        var settings = SpanStore.Settings()
        settings.clock = clock.clock
        let model = folder.path + "/model.db"
        let store = try SpanStore.open(model, settings: settings).store
        for part in 0..<3 as Range<UInt64> { try await submit(bookings(part..<part + 1), to: store).get() }
        store.close()
        let old = try DatabaseQueue(path: folder.store)
        try await old.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: Self.first)
            try db.execute(sql: "ATTACH ? AS model", arguments: [model])
            for (table, columns) in [
                ("segments", "*"), ("edges", "id, kind, source, target, system, detail, temporary"),
                ("figures", "minute, edge, data"), ("hops", "*"), ("totals", "id, spans, rejected, reason"),
            ] {
                try db.execute(sql: "INSERT INTO main.\(table) SELECT \(columns) FROM model.\(table)")
            }
        }
        try old.close()
    }

    private static let edges = ["consumes 주문.완료 -> 알림: 3 of 3, link 3", "publishes 주문 -> 주문.완료: 3 of 3"]

    @Test func `a store of schema 1 can be read before a collector opens it`() async throws {
        let folder = try Folder()
        try await makeFirst(folder, TestClock())
        let reader = try SpanStoreReader(folder.store)
        #expect(try describe(reader.edges(now: 0)) == Self.edges)
        #expect(try reader.conversations(limit: 9).count == 3)
        #expect(try reader.conversation("예매-3")?.spans.count == 2)
        #expect(try reader.snapshot(.all, conversations: 9, now: 0).health.spans == 6)
    }

    @Test func `a store of schema 1 becomes today's, loses nothing, and is then kept as any other`() async throws {
        let folder = try Folder()
        let clock = TestClock()
        try await makeFirst(folder, clock)
        let reader = try SpanStoreReader(folder.store)
        clock.pass(.days(5))
        var settings = SpanStore.Settings()
        settings.clock = clock.clock
        let store = try SpanStore.open(folder.store, settings: settings).store
        // A reader that was open meanwhile goes on.
        #expect(try describe(reader.edges(now: 0)) == Self.edges)
        try store.keepHouseNow()
        #expect(try reader.health(now: 0).spans == 6)
        #expect(try reader.conversation("예매-3")?.spans.count == 2)
        // Sent again, nothing is counted twice.
        try await submit(bookings(0..<3), to: store).get()
        #expect(try describe(reader.edges(now: 0)) == Self.edges)
        clock.pass(.days(2) + .seconds(3_600))
        try store.keepHouseNow()
        #expect(try reader.health(now: 0).evictedSpans == 6)
        #expect(try reader.health(now: 0).spans == 6)
        #expect(try describe(reader.edges(now: 0)) == Self.edges)
        store.close()
    }

    @Test func `a store of a newer version is left as it is, to the byte`() async throws {
        let folder = try Folder()
        let store = try open(folder)
        try await submit(bookings(0..<3), to: store).get()
        store.close()
        let database = try DatabaseQueue(path: folder.store)
        try await database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99") }
        try database.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.store))
        #expect(throws: StoreFailure.newerSchema(path: folder.store, version: 99)) { try open(folder) }
        #expect(throws: StoreFailure.newerSchema(path: folder.store, version: 99)) { try SpanStoreReader(folder.store) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.store)) == before)
    }
}
