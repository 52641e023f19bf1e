import Foundation

/// The files of spans that `--from` names: files as they are, and of folders those whose names say that they hold spans.
enum SpanFiles {
    /// What the Collector's file exporter, Jaeger's UI and those who record requests call their files; each also
    /// compressed.
    static let endings = [".json", ".jsonl", ".ndjson", ".pb", ".binpb", ".proto"]
    private static let compressions = ["", ".gz", ".zst"]
    /// More files in a folder than this are a mistake.
    private static let limit = 10_000

    /// Files in the order in which they are named, of a folder by name; folders in a folder are not looked into.
    static func named(_ paths: [String]) throws -> [String] {
        try paths.flatMap { path -> [String] in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
                return [path]
            }
            return try files(in: Files.withoutSlash(path))
        }
    }

    private static func files(in folder: String) throws -> [String] {
        guard let handle = opendir(folder) else {
            throw CommandFailure("cannot read \(folder): \(systemReason(errno))")
        }
        defer { closedir(handle) }
        var files: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix("."), isOfSpans(name) else { continue }
            files.append((folder == "/" ? "" : folder) + "/" + name)
            guard files.count <= limit else {
                throw CommandFailure("\(folder) holds more than \(limit) files of spans: name those that are meant")
            }
        }
        guard !files.isEmpty else {
            throw CommandFailure(
                "there is no file of spans in \(folder): it wants names that end with \(endings.joined(separator: ", ")), "
                    + "each also with .gz or .zst")
        }
        return files.sorted()
    }

    private static func isOfSpans(_ name: String) -> Bool {
        compressions.contains { compression in endings.contains { name.hasSuffix($0 + compression) } }
    }
}
