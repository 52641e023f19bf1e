import Foundation
import GRDB
import Testing
import TraceModel

@testable import TraceStore

/// What is named as a store, and is none.
@Suite struct ForeignFileTests {
    private func refusal(_ path: String) -> StoreFailure? {
        do throws(StoreFailure) {
            try SpanStore.open(path).store.close()
            return nil
        } catch {
            return error
        }
    }

    private func names(in folder: Folder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func `a file of somebody else stays as it is, with nothing beside it`() throws {
        let folder = try Folder()
        let notes = folder.path + "/메모.txt"
        let text = Data("우유, 빵, 커피\n".utf8)
        try text.write(to: URL(fileURLWithPath: notes))
        #expect(refusal(notes) == .notAStore(path: notes))
        #expect(throws: StoreFailure.notAStore(path: notes)) { try SpanStoreReader(notes) }
        #expect(FileManager.default.contents(atPath: notes) == text)
        #expect(try names(in: folder) == ["메모.txt"])
    }

    @Test(arguments: ["delete", "wal"])
    func `a database of somebody else is not filled`(journal: String) throws {
        let folder = try Folder()
        let path = folder.path + "/theirs.db"
        let theirs = try DatabaseQueue(path: path)
        try theirs.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = \(journal); CREATE TABLE edges(id INTEGER)")
        }
        #expect(refusal(path) == .notAStore(path: path))
        #expect(throws: StoreFailure.notAStore(path: path)) { try SpanStoreReader(path) }
        let tables = try theirs.read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_master") }
        #expect(tables == ["edges"])
    }

    @Test func `a mark that is still in the log counts`() throws {
        let folder = try Folder()
        let path = folder.path + "/young.db"
        let young = try DatabaseQueue(path: path)
        try young.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA application_id = \(Schema.applicationID)")
        }
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: folder.store + suffix)
        }
        #expect(!StoreMark.isInHeader(of: folder.store))
        #expect(refusal(folder.store) == nil)
    }

    @Test func `an empty file becomes a store, and until then is none`() throws {
        let folder = try Folder()
        try Data().write(to: URL(fileURLWithPath: folder.store))
        #expect(throws: StoreFailure.cannotOpen(path: folder.store, reason: "nothing was written to it yet")) {
            try SpanStoreReader(folder.store)
        }
        #expect(refusal(folder.store) == nil)
        #expect(try SpanStoreReader(folder.store).edges(now: 0).isEmpty)
    }

    @Test func `a store whose first page is gone is refused, not replaced`() async throws {
        let folder = try Folder()
        let store = try open(folder)
        try await submit(bookings(0..<3), to: store).get()
        store.close()
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: folder.store))
        try handle.write(contentsOf: Data(repeating: 0xA5, count: 4_096))
        try handle.close()
        let damaged = FileManager.default.contents(atPath: folder.store)
        #expect(refusal(folder.store) == .notAStore(path: folder.store))
        #expect(FileManager.default.contents(atPath: folder.store) == damaged)
    }

    @Test func `a collector that has a store open takes over from a first page that is gone`() async throws {
        let folder = try Folder()
        let store = try open(folder)
        try await submit(bookings(0..<3), to: store).get()
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: folder.store))
        try handle.write(contentsOf: Data(repeating: 0xA5, count: StoreFiles.size(of: folder.store)))
        try handle.close()
        let log = try FileHandle(forUpdating: URL(fileURLWithPath: folder.store + "-wal"))
        try log.write(contentsOf: Data(repeating: 0xA5, count: StoreFiles.size(of: folder.store + "-wal")))
        try log.close()
        store.forgetCache()
        try await submit(bookings(3..<6), to: store).get()
        #expect(store.counters.setAside.count == 1)
        store.close()
    }

    @Test func `the mark is in the file before anything else, so that a store whose log is lost is recognised`() throws
    {
        let folder = try Folder()
        let store = try open(folder)
        let copy = folder.path + "/copy.db"
        try FileManager.default.copyItem(atPath: folder.store, toPath: copy)
        store.close()
        #expect(refusal(copy) == nil)
    }

    @Test func `a folder is named as what it is, however it is written`() throws {
        let folder = try Folder()
        for path in [
            "./", ".", "..", "/", folder.path, folder.path + "/", folder.path + "/new/", folder.path + "/new/.",
        ] {
            #expect(refusal(path) == .cannotOpen(path: path, reason: "it is a folder"), "\(path)")
        }
        #expect(try names(in: folder).isEmpty)
        #expect(throws: StoreFailure.cannotOpen(path: folder.path, reason: "it is a folder")) {
            try SpanStoreReader(folder.path)
        }
        #expect(refusal("/dev/null") == .cannotOpen(path: "/dev/null", reason: "it is no file"))
        try Data("x".utf8).write(to: URL(fileURLWithPath: folder.path + "/file"))
        let below = folder.path + "/file/spans.db"
        #expect(
            refusal(below)
                == .cannotOpen(path: below, reason: "its folder cannot be made: file exists"))
    }

    @Test(arguments: [
        ("spans.db", ".", "spans.db"), ("./spans.db", ".", "spans.db"), ("/spans.db", "/", "spans.db"),
        ("예매/spans.db", "예매", "spans.db"), ("a/", "a", ""), ("", ".", ""),
    ])
    func `a path has a folder and a name`(path: String, folder: String, name: String) {
        #expect(StorePath.folder(of: path) == folder)
        #expect(StorePath.name(of: path) == name)
    }

    @Test func `what cannot be written to says what to do`() {
        let error = DatabaseError(resultCode: .SQLITE_READONLY, message: "attempt to write a readonly database")
        #expect(reason(of: error).contains("\ncopy it"))
    }
}
