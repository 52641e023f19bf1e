#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The few things that loading a catalog asks of the file system. It holds no opinions.
enum FileSystem {
    enum Kind { case file, folder, other }

    /// A file's identity, whatever path leads to it.
    struct Identity: Hashable {
        var device: UInt64
        var number: UInt64
    }

    /// Why something could not be done: the system's error number.
    struct Failure: Error, Equatable {
        var code: Int32

        var reason: String {
            switch code {
            case ENOENT: "no such file or folder"
            case EACCES, EPERM: "permission denied"
            case ENAMETOOLONG: "the path is too long"
            case ELOOP: "the links go in a circle"
            default: String(cString: strerror(code))
            }
        }
    }

    /// What stands at a path; links are followed.
    static func look(at path: String) throws(Failure) -> (kind: Kind, size: Int, identity: Identity) {
        var info = stat()
        guard stat(path, &info) == 0 else { throw Failure(code: errno) }
        let kind: Kind =
            switch info.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            default: .other
            }
        let identity = Identity(
            device: UInt64(truncatingIfNeeded: info.st_dev), number: UInt64(truncatingIfNeeded: info.st_ino))
        return (kind, Int(info.st_size), identity)
    }

    /// The names in a folder, without `.` and `..`, in no order.
    static func names(in folder: String) throws(Failure) -> [String] {
        guard let directory = opendir(folder) else { throw Failure(code: errno) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// At most `limit` bytes of a file.
    static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        defer { close(descriptor) }
        var info = stat()
        let expected = fstat(descriptor, &info) == 0 ? Int(info.st_size) : 0
        var code: Int32 = 0
        // One byte more than the file should have, so that one read sees its end.
        var capacity = min(max(expected + 1, 4096), limit)
        var bytes: [UInt8] = []
        while true {
            let chunk = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                let got = Self.retrying { sysRead(descriptor, buffer.baseAddress, capacity) }
                if got < 0 { code = errno }
                count = max(got, 0)
            }
            guard code == 0 else { throw Failure(code: code) }
            if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
            guard !chunk.isEmpty, bytes.count < limit else { return bytes }
            if bytes.count == expected, expected > 0 {
                capacity = 1
            } else {
                capacity = min(65_536, limit - bytes.count)
            }
        }
    }

    /// The path without links, `.` and `..`; nil where there is no such file.
    static func resolved(_ path: String) -> String? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }

    /// The working folder; nil where it is gone.
    static func workingFolder() -> String? { resolved(".") }

    private static func retrying(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }

    private static func sysRead(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
        guard let buffer else { return 0 }
        #if canImport(Darwin)
            return Darwin.read(descriptor, buffer, count)
        #elseif canImport(Musl)
            return Musl.read(descriptor, buffer, count)
        #else
            return Glibc.read(descriptor, buffer, count)
        #endif
    }
}
