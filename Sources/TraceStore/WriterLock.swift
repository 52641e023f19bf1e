import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// That one process writes a store: SQLite before 3.51.3 can corrupt a write-ahead log that two connections write or
/// checkpoint at once, so the second writer is refused.
///
/// An advisory lock on `PATH.lock`, which holds the writer's process id; the kernel lets go of it when the process
/// ends, however it ends.
final class WriterLock: Sendable {
    private let descriptor: Mutex<Int32>

    /// - Throws: `StoreFailure.inUse` when another process, or another store of this one, holds the lock.
    init(storePath: String) throws(StoreFailure) {
        let path = storePath + ".lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw .cannotOpen(path: storePath, reason: String(cString: strerror(errno)).lowercasedFirst)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let process = (try? String(contentsOfFile: path, encoding: .utf8)).flatMap {
                Int32($0.trimmingCharacters(in: .whitespacesAndNewlines))
            }
            close(descriptor)
            throw .inUse(path: storePath, process: process)
        }
        let text = "\(getpid())\n"
        ftruncate(descriptor, 0)
        _ = text.utf8.withContiguousStorageIfAvailable { write(descriptor, $0.baseAddress, $0.count) }
        self.descriptor = Mutex(descriptor)
    }

    /// Lets another writer in.
    func release() {
        descriptor.withLock { descriptor in
            guard descriptor >= 0 else { return }
            // Closing alone is not enough while a child that is about to become another program still holds a copy.
            flock(descriptor, LOCK_UN)
            close(descriptor)
            descriptor = -1
        }
    }

    deinit { release() }
}
