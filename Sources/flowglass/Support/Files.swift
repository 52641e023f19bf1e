import Foundation

/// Files as commands read and write them. Why one cannot be read or written is said here alone: in the system's words,
/// with the path.
enum Files {
    /// The whole of a file, or of a pipe.
    /// - Parameters:
    ///   - what: What it is to the command, before the path: `the baseline `.
    ///   - advice: What to do about it, on a line of its own.
    ///   - limit: The longest, in bytes: a device or a wrong file is not read to its end.
    static func read(
        _ path: String, as what: String = "", limit: Int = 64 << 20, advice: String? = nil
    ) throws -> [UInt8] {
        func failure(_ reason: String) -> CommandFailure {
            CommandFailure("cannot read \(what)\(path): \(reason)" + (advice.map { "\n" + $0 } ?? ""))
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(systemReason(errno)) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= limit {
            let count = Foundation.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(systemReason(errno)) }
            if count == 0 { return bytes }
            bytes += piece[..<count]
        }
        throw failure("it is longer than \(limit) bytes")
    }

    /// The same as text.
    static func readText(_ path: String, as what: String = "", advice: String? = nil) throws -> String {
        guard let text = String(validating: try read(path, as: what, advice: advice), as: UTF8.self) else {
            throw CommandFailure("cannot read \(what)\(path): it is not UTF-8")
        }
        return text
    }

    /// Writes a file that is not there yet.
    static func create(_ text: String, at path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        if descriptor < 0, errno == EEXIST { throw CommandFailure("\(path) is there already, and stays as it is") }
        try fill(descriptor, with: text, path)
    }

    /// Writes over what is there: a file, a device, a pipe.
    static func overwrite(_ path: String, with text: String) throws {
        try fill(open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666), with: text, path)
    }

    /// Writes a file whole or not at all, with the folders that it wants. One that is there keeps its mode; where it is a
    /// link, what it leads to is exchanged; what is no file is written to as it is.
    static func replace(_ path: String, with text: String) throws {
        try makeFolder(folder(of: path))
        var status = stat()
        let isThere = stat(path, &status) == 0
        guard !isThere || status.st_mode & S_IFMT == S_IFREG else { return try overwrite(path, with: text) }
        let target = isThere ? realPath(of: path) ?? path : path
        let temporary = "\(target).flowglass-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        do {
            if isThere, descriptor >= 0 { fchmod(descriptor, status.st_mode & 0o7777) }
            try fill(descriptor, with: text, path)
            guard rename(temporary, target) == 0 else { throw unwritten(path, errno) }
        } catch {
            if descriptor >= 0 { unlink(temporary) }
            throw error
        }
    }

    /// Makes a folder, and those above it, where they are not there.
    static func makeFolder(_ path: String) throws {
        let path = withoutSlash(path)
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else {
                throw CommandFailure("cannot write into \(path): it is not a folder")
            }
            return
        }
        let above = folder(of: path)
        if above != path { try makeFolder(above) }
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
            throw CommandFailure("cannot make the folder \(path): \(systemReason(errno))")
        }
    }

    /// The folder that a path is in: `.` for a bare name.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// `docs/` as `docs`.
    static func withoutSlash(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    /// Fills and closes a file that was opened; a descriptor below 0 could not be.
    private static func fill(_ descriptor: Int32, with text: String, _ path: String) throws {
        guard descriptor >= 0 else { throw unwritten(path, errno) }
        let code = writeAll(text, to: descriptor)
        // A disk may tell only now that it is full.
        guard close(descriptor) == 0 || code != 0 else { throw unwritten(path, errno) }
        guard code == 0 else { throw unwritten(path, code) }
    }

    static func unwritten(_ path: String, _ code: Int32) -> CommandFailure {
        CommandFailure("cannot write \(path): \(systemReason(code))")
    }
}

/// What the system says of one of its errors, as a clause: `no such file or directory`.
func systemReason(_ code: Int32) -> String {
    let text = String(cString: strerror(code))
    return text.prefix(1).lowercased() + text.dropFirst()
}
