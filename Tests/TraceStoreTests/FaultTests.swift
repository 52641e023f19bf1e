import Foundation
import GRDB
import OTLPCoding
import Testing
import TraceModel

@testable import TraceStore

/// What may happen to the files of a store.
@Suite struct FaultTests {
    private static let six = ["consumes 주문.완료 -> 알림: 6 of 6, link 6", "publishes 주문 -> 주문.완료: 6 of 6"]

    @Test(arguments: ["-wal", "-shm"])
    func `a log that is deleted under the writer loses nothing that was acknowledged`(suffix: String) async throws {
        let folder = try Folder()
        let store = try open(folder)
        try await submit(bookings(0..<3), to: store).get()
        unlink(folder.store + suffix)
        try await submit(bookings(3..<6), to: store).get()
        // Read as another process would after a crash: from what is there by name.
        for name in ["", "-wal"] {
            try? FileManager.default.copyItem(atPath: folder.store + name, toPath: folder.path + "/copy.db" + name)
        }
        #expect(try describe(SpanStoreReader(folder.path + "/copy.db").edges(now: 0)) == Self.six)
        store.close()
    }

    @Test func `a store that is deleted under the writer begins anew, and readers follow`() async throws {
        let folder = try Folder()
        let store = try open(folder)
        try await submit(bookings(0..<3), to: store).get()
        let reader = try SpanStoreReader(folder.store)
        #expect(try reader.conversations(limit: 9).count == 3)
        for suffix in ["", "-wal", "-shm"] { unlink(folder.store + suffix) }
        try await submit(bookings(3..<4), to: store).get()
        #expect(try reader.conversations(limit: 9).map(\.id) == ["예매-7"])
        store.close()
    }

    @Test func `damage that shows while spans come sets the store aside, and the spans are kept`() async throws {
        let folder = try Folder()
        let store = try open(folder)
        try await submit(bookings(0..<3), to: store).get()
        let damage = try DatabaseQueue(path: folder.store)
        try await damage.writeWithoutTransaction { db in
            // The root page of a table becomes that of nothing.
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try damage.close()
        let size = StoreFiles.size(of: folder.store)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: folder.store))
        try handle.seek(toOffset: 4_096)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: size - 4_096))
        try handle.close()
        // The writer's own cache hides the damage until it reads a page again.
        store.forgetCache()
        try await submit(bookings(3..<6), to: store).get()
        #expect(store.counters.setAside.count == 1)
        #expect(FileManager.default.fileExists(atPath: try #require(store.counters.setAside.first)))
        #expect(try SpanStoreReader(folder.store).conversations(limit: 9).count == 3)
        store.close()
    }

    /// Flips bytes in each page: whatever it hits, the store opens, takes spans and can be read.
    @Test func `no damaged page stops a collector`() async throws {
        let folder = try Folder()
        let store = try open(folder)
        for part in 0..<4 as Range<UInt64> { try await submit(bookings(part * 20..<part * 20 + 20), to: store).get() }
        store.close()
        let whole = try Data(contentsOf: URL(fileURLWithPath: folder.store))
        let pages = whole.count / 4_096
        #expect(pages > 10)
        var setAside = 0
        for page in 0..<pages {
            for (offset, value) in [(0, UInt8(0xFF)), (8, 0xA5), (2_000, 0x5A), (4_090, 0xFF)] {
                let path = "\(folder.path)/\(page)-\(offset).db"
                var bytes = whole
                for index in 0..<6 { bytes[page * 4_096 + offset + index] ^= value }
                try bytes.write(to: URL(fileURLWithPath: path))
                let opened = try SpanStore.open(path)
                try await submit(bookings(90..<93), to: opened.store).get()
                if !opened.store.counters.setAside.isEmpty { setAside += 1 }
                opened.store.close()
                _ = try? SpanStoreReader(path).snapshot(.all, conversations: 9, now: 0)
                _ = try? SpanStoreReader(path).conversation("예매-3")
                for suffix in ["", "-wal", "-shm", ".lock", ".reserve"] { unlink(path + suffix) }
            }
        }
        #expect(setAside > 0)
    }

    @Test func `a reader that holds the log keeps nobody waiting, and the log is short again afterwards`() async throws
    {
        let folder = try Folder()
        var settings = SpanStore.Settings()
        settings.logLimit = 200_000
        let store = try SpanStore.open(folder.store, settings: settings).store
        try await submit(bookings(0..<3), to: store).get()
        var configuration = Configuration()
        configuration.readonly = true
        configuration.allowsUnsafeTransactions = true
        let stuck = try DatabaseQueue(path: folder.store, configuration: configuration)
        try await stuck.writeWithoutTransaction { db in
            try db.execute(sql: "BEGIN")
            _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM segments")
        }
        for part in 1..<8 as Range<UInt64> {
            try await submit(bookings(part * 1_000..<part * 1_000 + 1_000), to: store).get()
        }
        try store.keepHouseNow()
        #expect(try SpanStoreReader(folder.store).health(now: 0).logBytes > 200_000)
        try await stuck.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        try store.keepHouseNow()
        #expect(try SpanStoreReader(folder.store).health(now: 0).logBytes == 0)
        store.close()
    }
}
