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
        guard Self.take(descriptor) else {
            close(descriptor)
            throw .inUse(path: storePath, process: Self.process(in: path))
        }
        let text = "\(getpid())\n"
        ftruncate(descriptor, 0)
        _ = text.utf8.withContiguousStorageIfAvailable { write(descriptor, $0.baseAddress, $0.count) }
        self.descriptor = Mutex(descriptor)
    }

    /// Tries a few times: who only asks (`StoreCollector`) holds a shared lock for an instant.
    private static func take(_ descriptor: Int32) -> Bool {
        for attempt in 0..<5 {
            if attempt > 0 { usleep(10_000) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
        }
        return false
    }

    fileprivate static func process(in path: String) -> Int32? {
        (try? String(contentsOfFile: path, encoding: .utf8)).flatMap {
            Int32($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
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

/// Who writes a store, as its lock tells.
public enum StoreCollector: Sendable, Equatable {
    /// The process that writes it; nil where its lock does not say which.
    case process(Int32?)
    /// Nobody does: what is in the store stays as it is.
    case none

    public init(ofStore path: String) {
        // Read-only: closing a file that could be written would be news to who watches the store.
        let descriptor = open(path + ".lock", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            self = .none
            return
        }
        defer { close(descriptor) }
        if flock(descriptor, LOCK_SH | LOCK_NB) == 0 {
            flock(descriptor, LOCK_UN)
            self = .none
        } else {
            self = .process(WriterLock.process(in: path + ".lock"))
        }
    }
}
