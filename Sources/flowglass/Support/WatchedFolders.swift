import CatalogModel
import Foundation

/// The folders of a catalog that the kernel watches, and what its events mean.
struct WatchedFolders {
    /// What happened, as far as a catalog is concerned.
    struct Change {
        var isRelevant = false
        /// Whether there may be other folders to watch now.
        var concernsFolders = false

        mutating func formUnion(_ other: Change) {
            isRelevant = isRelevant || other.isRelevant
            concernsFolders = concernsFolders || other.concernsFolders
        }
    }

    private let descriptor: Int32
    private let paths: [String]
    private var watches: Set<Int32> = []
    /// The watches of folders that only wait for a missing path, or that hold a single file: the names that count.
    private var names: [Int32: Set<String>] = [:]

    private static let mask = UInt32(
        IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB
    )

    init(_ descriptor: Int32, _ paths: [String]) {
        self.descriptor = descriptor
        self.paths = paths
    }

    /// Watches what is there now, and nothing else; false, with `errno`, where that is not possible.
    mutating func watch() -> Bool {
        var current: Set<Int32> = []
        var named: [Int32: Set<String>] = [:]
        var open: Set<Int32> = []
        func add(_ folder: String, only name: String?) -> Bool {
            let watch = inotify_add_watch(descriptor, folder, Self.mask)
            // A folder that went away meanwhile tells of it through the one above.
            guard watch >= 0 else { return errno == ENOENT || errno == ENOTDIR || errno == EACCES }
            current.insert(watch)
            if let name { named[watch, default: []].insert(name) } else { open.insert(watch) }
            return true
        }
        for path in paths {
            let (above, name) = Self.parent(of: path)
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            // The folder above tells when the path itself is exchanged or comes back.
            guard add(above, only: name) else { return false }
            if exists, isFolder.boolValue {
                for folder in catalogFolders(at: [path]) where !add(folder, only: nil) { return false }
            } else if exists {
                let target = Self.parent(of: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
                guard add(target.folder, only: target.name) else { return false }
            }
        }
        for old in watches.subtracting(current) { inotify_rm_watch(descriptor, old) }
        watches = current
        names = named.filter { !open.contains($0.key) }
        return true
    }

    /// Takes all events that are there.
    func readEvents() -> Change {
        var change = Change()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let size = read(descriptor, &buffer, buffer.count)
            guard size > 0 else { return change }
            var offset = 0
            while offset + Self.header <= size {
                let event = buffer.withUnsafeBytes {
                    $0.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
                }
                let name = buffer[(offset + Self.header)..<min(size, offset + Self.header + Int(event.len))]
                change.formUnion(meaning(of: event, String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)))
                offset += Self.header + Int(event.len)
            }
        }
    }

    private static let header = MemoryLayout<inotify_event>.size

    private func meaning(of event: inotify_event, _ name: String) -> Change {
        if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { return Change(isRelevant: true, concernsFolders: true) }
        if event.mask & UInt32(IN_IGNORED) != 0 { return Change() }
        if name.isEmpty {
            let isGone = event.mask & UInt32(IN_DELETE_SELF | IN_MOVE_SELF) != 0
            return Change(isRelevant: isGone, concernsFolders: isGone)
        }
        if let wanted = names[event.wd] {
            return wanted.contains(name) ? Change(isRelevant: true, concernsFolders: true) : Change()
        }
        guard !Self.isTemporary(name) else { return Change() }
        return Change(isRelevant: true, concernsFolders: event.mask & UInt32(IN_ISDIR) != 0)
    }

    /// Hidden files, backups and what editors write while they save: vim's `4913` and `.swp`, Emacs's `#file#`.
    private static func isTemporary(_ name: String) -> Bool {
        if name == ".flowglassignore" { return false }
        return name.hasPrefix(".") || name.hasPrefix("#") || name.hasSuffix("~") || name.hasSuffix(".tmp")
            || name.contains(".flowglass-") || name == "4913"
    }

    /// The nearest folder above that is there, and the name in it that leads to the path.
    private static func parent(of path: String) -> (folder: String, name: String) {
        var url = URL(fileURLWithPath: path).standardizedFileURL
        while url.path != "/" {
            let name = url.lastPathComponent
            url.deleteLastPathComponent()
            if FileManager.default.fileExists(atPath: url.path) { return (url.path, name) }
        }
        return ("/", "")
    }
}
