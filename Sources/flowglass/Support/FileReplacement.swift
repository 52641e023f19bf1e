import Foundation

/// New contents for files that exist, all prepared before the first one is put in place.
///
/// Each file is exchanged at once (a temporary file beside it, synced and renamed), keeps its mode, and where it is a
/// link, the file that it leads to is the one exchanged. A file that changed meanwhile is not touched.
struct FileReplacement {
    private struct Prepared {
        var path: String
        var temporary: String
    }

    private var prepared: [Prepared] = []

    /// Prepares a file's new contents.
    /// - Throws: `CommandFailure` where the file is not what it was, or its folder cannot be written to.
    mutating func add(_ path: String, expecting old: [UInt8], new: [UInt8]) throws {
        guard let real = realPath(of: path) else { throw Self.failure(path, errno) }
        let descriptor = open(real, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw Self.failure(path, errno) }
        let current = try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).readToEnd()
        let bytes = [UInt8](current ?? Data())
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let hasMark = bytes.starts(with: mark)
        guard bytes.dropFirst(hasMark ? mark.count : 0).elementsEqual(old) else {
            throw CommandFailure("\(path) changed while it was read, and stays as it is: run the command again")
        }
        var template = Array((real + ".flowglass-XXXXXX").utf8CString)
        let temporary = mkstemp(&template)
        guard temporary >= 0 else { throw Self.failure(path, errno) }
        defer { close(temporary) }
        prepared.append(
            Prepared(
                path: real, temporary: String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
            ))
        // The owner stays where we may set it; where not, the file is ours from now on, as with any editor.
        _ = fchown(temporary, information.st_uid, information.st_gid)
        guard fchmod(temporary, information.st_mode & 0o7777) == 0 else { throw Self.failure(path, errno) }
        let code = writeAll((hasMark ? mark : []) + new, to: temporary)
        guard code == 0 else { throw Self.failure(path, code) }
        guard fsync(temporary) == 0 else { throw Self.failure(path, errno) }
    }

    /// Puts every prepared file in its place.
    /// - Throws: `CommandFailure` that names what was not changed any more.
    mutating func commit() throws {
        for (index, file) in prepared.enumerated() where rename(file.temporary, file.path) != 0 {
            let code = errno
            prepared.removeFirst(index)
            abandon()
            throw Self.failure(file.path, code)
        }
        prepared = []
    }

    /// Removes what was prepared.
    mutating func abandon() {
        for file in prepared { unlink(file.temporary) }
        prepared = []
    }

    private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
        Files.unwritten(path, code)
    }
}
