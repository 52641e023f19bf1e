import CatalogModel
import Foundation
import Synchronization

/// Tells when a catalog's files change: edits, renames (as most editors save), new and removed files and folders.
///
/// The kernel reports what happens in the catalog's folders (inotify(7)); nothing costs anything while nothing changes.
/// A path that is gone is waited for. What editors leave beside a file while they save it counts for nothing.
final class FileWatch: Sendable {
    /// The writing end of a pipe whose closing ends the thread.
    private let stopper: Mutex<Int32>

    /// Changes closer together than this are told of once; milliseconds.
    private static let quiet: Int32 = 50
    /// Changes without end are told of at least this often; milliseconds.
    private static let longest = 1000

    /// Calls `changed` on a thread of its own after changes; those that happen during a call are told of after it.
    /// - Throws: `CommandFailure` where the kernel gives no more watches.
    init(_ paths: [String], changed: @escaping @Sendable () -> Void) throws {
        let descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else { throw Self.failure(errno) }
        var ends: [Int32] = [-1, -1]
        var folders = WatchedFolders(descriptor, paths)
        guard pipe(&ends) == 0, folders.watch() else {
            let code = errno
            for open in [descriptor] + ends where open >= 0 { close(open) }
            throw Self.failure(code)
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        stopper = Mutex(ends[1])
        let (stopped, started) = (ends[0], folders)
        let thread = Thread { Self.run(descriptor, stopped, started, changed) }
        thread.name = "flowglass.files"
        thread.start()
    }

    /// Ends the watching; `changed` may be called once more.
    func stop() {
        stopper.withLock { end in
            if end >= 0 { close(end) }
            end = -1
        }
    }

    deinit { stop() }

    private static func run(
        _ descriptor: Int32, _ stopped: Int32, _ folders: WatchedFolders, _ changed: @Sendable () -> Void
    ) {
        var folders = folders
        defer {
            close(descriptor)
            close(stopped)
        }
        while wait(for: descriptor, stopped, milliseconds: -1) == .events {
            var change = folders.readEvents()
            guard change.isRelevant else { continue }
            let start = Date()
            while Date().timeIntervalSince(start) * 1000 < Double(longest),
                wait(for: descriptor, stopped, milliseconds: quiet) == .events
            {
                change.formUnion(folders.readEvents())
            }
            // New folders are watched before anybody reads them, so that nothing in between is missed.
            if change.concernsFolders { _ = folders.watch() }
            changed()
        }
    }

    private enum Waited { case events, nothing, stop }

    private static func wait(for descriptor: Int32, _ stopped: Int32, milliseconds: Int32) -> Waited {
        var waiting = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: stopped, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let count = poll(&waiting, 2, milliseconds)
            if count < 0, errno == EINTR { continue }
            if count < 0 || waiting[1].revents != 0 { return .stop }
            return count == 0 ? .nothing : .events
        }
    }

    private static func failure(_ code: Int32) -> CommandFailure {
        let reason = String(cString: strerror(code))
        return CommandFailure(
            code == ENOSPC || code == EMFILE
                ? "cannot watch the catalog: the system's watches are used up\nallow more: sysctl fs.inotify.max_user_watches"
                : "cannot watch the catalog: \(reason)")
    }
}
