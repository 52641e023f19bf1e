import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Tells when a store may hold something new, whoever wrote it, or lost or got its writer, without asking again and
/// again: the kernel reports writes to the store's files and that its lock was closed (inotify), and a quiet store costs
/// nothing.
public final class StoreWatch: Sendable {
    /// The writing end of a pipe whose closing ends the thread.
    private let stopper: Mutex<Int32>

    /// Calls `changed` on a thread of its own after writes; writes during a call are told of after it, once.
    ///
    /// Nil when the kernel gives no more watches.
    public init?(storePath: String, changed: @escaping @Sendable () -> Void) {
        let name = StorePath.name(of: storePath)
        let descriptor = inotify_init1(Int32(IN_CLOEXEC))
        var ends: [Int32] = [-1, -1]
        guard descriptor >= 0, pipe(&ends) == 0,
            inotify_add_watch(
                descriptor, StorePath.folder(of: storePath),
                UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE)) >= 0
        else {
            for open in [descriptor] + ends where open >= 0 { close(open) }
            return nil
        }
        stopper = Mutex(ends[1])
        let stopped = ends[0]
        let thread = Thread { Self.run(descriptor, stopped, names: [name, name + "-wal", name + ".lock"], changed) }
        thread.name = "flowglass.watch"
        thread.start()
    }

    /// Ends the watching; `changed` may be called once more.
    public func stop() {
        stopper.withLock { end in
            if end >= 0 { close(end) }
            end = -1
        }
    }

    deinit { stop() }

    private static func run(
        _ descriptor: Int32, _ stopped: Int32, names: Set<String>, _ changed: @Sendable () -> Void
    ) {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            var waiting = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: stopped, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&waiting, 2, -1) >= 0 || errno == EINTR, waiting[1].revents == 0 else { break }
            let size = read(descriptor, &buffer, buffer.count)
            guard size > 0 else { continue }
            if Self.names(in: buffer, size).contains(where: names.contains) { changed() }
        }
        close(descriptor)
        close(stopped)
    }

    /// The file names in a run of `struct inotify_event` (inotify(7)).
    private static func names(in buffer: [UInt8], _ size: Int) -> Set<String> {
        var names: Set<String> = []
        var offset = 0
        let header = MemoryLayout<inotify_event>.size
        while offset + header <= size {
            let length = buffer.withUnsafeBytes {
                Int($0.loadUnaligned(fromByteOffset: offset + header - 4, as: UInt32.self))
            }
            let name = buffer[(offset + header)..<min(size, offset + header + length)].prefix { $0 != 0 }
            names.insert(String(decoding: name, as: UTF8.self))
            offset += header + length
        }
        return names
    }
}
