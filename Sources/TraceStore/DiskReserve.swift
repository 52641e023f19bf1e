import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Room kept back for the moment when the disk is full.
///
/// SQLite cannot delete, nor checkpoint, on a full disk: the room must be there before. So nothing is accepted while
/// less than `minimumFree` bytes are free, and a reserve file is given up when the disk fills all the same.
struct DiskReserve {
    private let path: String
    private let folder: String
    private let minimumFree: Int
    private static let size = 8 << 20

    init(storePath: String, minimumFree: Int) {
        path = storePath + ".reserve"
        folder = StorePath.folder(of: storePath)
        self.minimumFree = minimumFree
    }

    /// - Throws: `WriteFailure.refused` when too little is free.
    func check() throws {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { return }
        let free = Int(
            clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
        if free < minimumFree {
            throw WriteFailure.refused(reason: "the disk is full (\(free >> 20) MiB free)")
        }
    }

    /// Gives the reserve up.
    func release() { unlink(path) }

    /// Makes the reserve where there is room for it and it is not there yet.
    func restore() {
        guard access(path, F_OK) != 0 else { return }
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        if posix_fallocate(file, 0, off_t(Self.size)) != 0 { unlink(path) }
    }
}
