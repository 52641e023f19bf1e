import Foundation
import GRDB

/// Whether a file may be opened for writing: only one that is not there, is empty, or carries Flowglass's mark.
///
/// The mark is SQLite's application id, which every schema has set. What does not carry it is somebody else's, and is
/// neither filled nor set aside as a damaged store. A store whose first page is damaged beyond the mark is refused, too.
enum StoreMark {
    /// Where a database's header holds the application id, as four bytes, the highest first (SQLite file format, 1.3).
    private static let offset: UInt64 = 68

    /// - Throws: `WriteFailure.notAStore`, or `.refused` for what is no file.
    static func check(_ path: String) throws(WriteFailure) {
        guard !StorePath.namesFolder(path) else { throw .refused(reason: "it is a folder") }
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .refused(reason: "it is a folder")
        default: throw .refused(reason: "it is no file")
        }
        guard status.st_size == 0 || isInHeader(of: path) || isInLog(of: path) else { throw .notAStore }
    }

    /// Whether the database's first page has it; damage elsewhere in the page does no harm.
    static func isInHeader(of path: String) -> Bool {
        // What cannot be read is told of by who opens it.
        guard let handle = FileHandle(forReadingAtPath: path) else { return true }
        defer { try? handle.close() }
        guard (try? handle.seek(toOffset: offset)) != nil, let bytes = try? handle.read(upToCount: 4) else {
            return false
        }
        return bytes.count == 4 && bytes.reduce(0) { $0 << 8 | Int($1) } == Schema.applicationID
    }

    /// A collector that was killed early may have left it in the write-ahead log.
    private static func isInLog(of path: String) -> Bool {
        guard StoreFiles.size(of: path + "-wal") > 0 else { return false }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        guard let database = try? DatabaseQueue(path: path, configuration: configuration) else { return false }
        defer { try? database.close() }
        let mark = try? database.read { try Int.fetchOne($0, sql: "PRAGMA application_id") }
        return mark == Schema.applicationID
    }
}
