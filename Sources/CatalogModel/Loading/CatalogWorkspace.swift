public import SourceDiagnostics

/// A catalog whose files can be replaced one by one: what an editor holds unsaved, or what version control has.
///
/// Each file is read once; ``load()`` only puts the files together.
///
/// ```
/// var workspace = try CatalogWorkspace(at: "catalog")
/// workspace.replace("catalog/orders.yaml", with: Array("topics: {".utf8))
/// workspace.load().diagnostics   // the syntax error, and what it entails elsewhere
/// ```
public struct CatalogWorkspace: Sendable {
    /// The catalog's folder as paths begin with it; empty for the working folder.
    public let root: String
    private var fragments: [String: CatalogFragment] = [:]
    private var unreadable: [(path: String, reason: String)] = []
    private var ignored = IgnoreList("")
    private var folder: DocumentFolder

    /// Reads a folder of catalog files, or one file.
    /// - Throws: where the path is missing or cannot be read.
    public init(at path: String) throws(CatalogLoadError) {
        let found = try CatalogFiles(at: path)
        root = found.root
        ignored = found.ignored
        unreadable = found.unreadable
        folder = DocumentFolder(root: found.root)
        for fragment in readFragments(of: found.files, root: found.root) {
            fragments[fragment.source.path] = fragment
        }
    }

    /// Takes files from memory, each by its path below `root`; hidden files, other kinds of files and those that the
    /// `.flowglassignore` among them names are left out, as in a folder.
    public init(files: [(path: String, bytes: [UInt8])], root: String) {
        self.root = root
        let paths = Dictionary(
            files.map { (CatalogFiles.joined(root, $0.path), $0.bytes) }, uniquingKeysWith: { first, _ in first })
        folder = DocumentFolder(
            texts: Dictionary(uniqueKeysWithValues: paths.map { ($0, SourceFile(path: $0, bytes: $1)) }))
        if let list = files.first(where: { $0.path == ".flowglassignore" })?.bytes {
            ignored = IgnoreList(String(decoding: list, as: UTF8.self))
        }
        for (path, bytes) in paths where isCatalogFile(path) {
            fragments[path] = fragment(path: path, bytes: bytes, folder: folder)
        }
    }

    /// The paths of all files, sorted.
    public var paths: [String] { fragments.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

    /// The text of a file as it was read; nil where the catalog has no such file.
    public func source(_ path: String) -> SourceFile? { fragments[path]?.source }

    /// Whether a file of this path would belong to the catalog.
    public func isCatalogFile(_ path: String) -> Bool {
        guard path.hasSuffix(".yaml") || path.hasSuffix(".yml") else { return false }
        var relative = path[...]
        if !root.isEmpty {
            let prefix = root.hasSuffix("/") ? root : root + "/"
            guard path.hasPrefix(prefix) else { return false }
            relative = relative.dropFirst(prefix.count)
        }
        guard !relative.hasPrefix("/"), !relative.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else {
            return false
        }
        return !ignored.ignores(String(relative))
    }

    /// Takes a file's bytes in place of what was read.
    /// - Complexity: O(bytes), and again for the documents that refer to the file.
    public mutating func replace(_ path: String, with bytes: [UInt8]) {
        fragments[path] = fragment(path: path, bytes: bytes, folder: folder)
        unreadable.removeAll { $0.path == path }
    }

    /// Reads a file from disk, again or for the first time; one that is gone leaves the catalog.
    public mutating func reread(_ path: String) {
        do throws(FileSystem.Failure) {
            replace(path, with: try FileSystem.read(path, limit: maximumFileSize + 1))
        } catch {
            fragments[path] = nil
        }
        for (other, fragment) in fragments where fragment.referencedFiles.contains(path) && other != path {
            replace(other, with: fragment.source.bytes)
        }
    }

    /// The files put together, with everything that is wrong in them.
    /// - Complexity: O(catalog); no file is read.
    public func load() -> LoadedCatalog {
        merge(paths.compactMap { fragments[$0] }, root: root, unreadable: unreadable)
    }
}
