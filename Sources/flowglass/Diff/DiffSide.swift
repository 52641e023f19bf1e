import CatalogDiff
import CatalogModel
import Foundation
import SourceDiagnostics

/// One side of `flowglass diff`: a folder, a file, or what a commit has.
struct DiffSide {
    var loaded: LoadedCatalog
    var file: @Sendable (String) -> SourceFile?

    var side: CatalogSide { CatalogSide(catalog: loaded.catalog, file: file) }

    /// A folder or a file where there is one of that name; otherwise `REF`, whose catalog is at `catalog`, or
    /// `REF:PATH` with a path from the repository's top.
    static func named(_ name: String, catalog: String) throws -> DiffSide {
        if FileManager.default.fileExists(atPath: name) { return try folder(name) }
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        do {
            let git = GitRepository()
            guard let reference = parts.first, let commit = try git.commit(reference) else {
                throw CommandFailure(
                    "'\(name)' is neither a folder, nor a file, nor a commit that git knows\na commit may name its catalog: main:docs/catalog"
                )
            }
            let path = parts.count > 1 ? parts[1] : catalog
            return try commitSide(git, commit, reference, path: path, fromTop: parts.count > 1)
        } catch let failure as GitRepository.Failure {
            throw CommandFailure("cannot read '\(name)': \(failure.message)")
        }
    }

    static func folder(_ path: String) throws -> DiffSide {
        do throws(CatalogLoadError) {
            return DiffSide(loaded: try loadCatalog(at: path)) { path in
                readFile(path).map { SourceFile(path: normalized(path), bytes: $0) }
            }
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Paths in what is reported are git's own words for the file: `main:catalog/orders.yaml`.
    private static func commitSide(
        _ git: GitRepository, _ commit: String, _ reference: String, path: String, fromTop: Bool
    ) throws -> DiffSide {
        var path = path
        while path.hasPrefix("./") { path.removeFirst(2) }
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        let blobs = try git.blobs(of: commit, at: [path.isEmpty ? "." : path], fromTop: fromTop)
        guard !blobs.isEmpty else {
            throw CommandFailure("'\(reference)' has no catalog at '\(path)'\nname it: \(reference):PATH")
        }
        let isFile = blobs.count == 1 && blobs[0].path == path
        let slash = path.lastIndex(of: "/")
        let root = isFile ? (slash.map { String(path[..<$0]) } ?? "") : path == "." ? "" : path
        func relative(_ path: String) -> String {
            root.isEmpty ? path : String(path.dropFirst(root.count + (root.hasSuffix("/") ? 0 : 1)))
        }
        let wanted = blobs.filter { blob in isFile || Self.kinds.contains { blob.path.hasSuffix($0) } }
        let files = zip(wanted, try git.contents(of: wanted)).map { (relative($0.path), $1) }
        let shownRoot = "\(reference):\(root)"
        var workspace = CatalogWorkspace(files: files.map { (path: $0.0, bytes: $0.1) }, root: shownRoot)
        if isFile, let only = files.first { workspace.replace(shownRoot + only.0, with: only.1) }
        // Schemas may stand anywhere in the repository.
        let loaded = workspace.load()
        let schemas = Set(loaded.catalog.messages.compactMap(\.schema?.localPath))
        let prefix = "\(reference):"
        let paths = Set(schemas.map { normalized(String($0.dropFirst(prefix.count))) })
        var bytes = Dictionary(zip(wanted.map(\.path), files.map(\.1)), uniquingKeysWith: { first, _ in first })
        let missing = paths.filter { bytes[$0] == nil }.sorted()
        if !missing.isEmpty {
            let blobs = try git.blobs(of: commit, at: missing, fromTop: fromTop).filter { paths.contains($0.path) }
            for (blob, content) in zip(blobs, try git.contents(of: blobs)) { bytes[blob.path] = content }
        }
        let contents = Dictionary(
            schemas.compactMap { schema -> (String, SourceFile)? in
                let path = normalized(String(schema.dropFirst(prefix.count)))
                return bytes[path].map { (schema, SourceFile(path: prefix + path, bytes: $0)) }
            }, uniquingKeysWith: { first, _ in first })
        return DiffSide(loaded: loaded) { [contents] in contents[$0] }
    }

    private static let kinds = [".yaml", ".yml", ".json", ".avsc", ".flowglassignore"]

    /// The path without `.` and `a/..`.
    private static func normalized(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
        }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }

    /// At most 4 MiB of a file, as of catalog files.
    private static func readFile(_ path: String) -> [UInt8]? {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
            let handle = FileHandle(forReadingAtPath: path)
        else { return nil }
        defer { try? handle.close() }
        return (try? handle.read(upToCount: 4 << 20)).flatMap { $0 }.map { Array($0) }
    }
}
