import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// The files of a store: the database, its write-ahead log and the index of that, and whether they are still those that were opened.
struct StoreFiles {
    let path: String
    /// The files that the writer has open; nil for one that was not there.
    private var opened: [UInt64?] = []

    init(path: String) { self.path = path }

    /// Notes which files are there now.
    mutating func note() { opened = present }

    /// False once somebody moved, replaced or deleted one of them: what is written then, no reader would ever find.
    var areOurs: Bool { opened == present }

    private var present: [UInt64?] { ["", "-wal", "-shm"].map { Self.number(of: path + $0) } }

    /// Which file a path leads to; nil where none is.
    static func number(of path: String) -> UInt64? {
        var status = stat()
        return stat(path, &status) == 0 ? UInt64(status.st_ino) : nil
    }

    /// Bytes of the write-ahead log.
    var walBytes: Int { Self.size(of: path + "-wal") }

    static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Makes the database's file, where it is not there, for its owner only: SQLite gives the other files the same mode.
    func createForOwner() {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
    }

    /// Renames a damaged store so that a new one can take its place; gives its new name.
    func setAside() -> String {
        let base = path + ".corrupt-\(Int(Date().timeIntervalSince1970))"
        var name = base
        var number = 2
        while access(name, F_OK) == 0 {
            name = "\(base)-\(number)"
            number += 1
        }
        for suffix in ["", "-wal", "-shm"] { rename(path + suffix, name + suffix) }
        return name
    }
}
