public import SourceDiagnostics

/// A catalog as its files say, with everything that is wrong in them.
public struct LoadedCatalog: Sendable {
    /// All that could be read, merged and sorted by name.
    public var catalog: Catalog { graph.catalog }
    /// The catalog's edges by name.
    public internal(set) var graph = CatalogGraph(Catalog())
    /// The structural findings, by file, line, column and rule.
    public var diagnostics: [Diagnostic] = []
    /// Every file that was read, for excerpts.
    public var sources: [SourceFile] = []
    public var filesChecked = 0
    /// `lint:` of all files.
    public var lint: [LintEntry] = []
    /// The comments that switch rules off, by file and line.
    public var suppressions: [Suppression] = []
    /// The catalog's folder as paths in spans begin with it; empty for the working folder.
    public var root = ""
    /// The AsyncAPI documents among the files, and what they refer to; by path.
    public var applicationFiles: Set<String> = []
    /// The words of the files that a syntax error hides a part of.
    private var hiddenWords: Set<String> = []
    private var brokenKeys: Set<BrokenKey> = []

    public init() {}

    /// Whether a file that could not be read to its end holds this name: then it must not be called missing, since
    /// absence proves nothing.
    public func mayBeHidden(_ name: String) -> Bool {
        !hiddenWords.isEmpty && words(of: Array(name.utf8)).allSatisfy(hiddenWords.contains)
    }

    /// Whether a key stands in the map of this definition or list entry, and could not be read: then it must not be called
    /// missing, since what is wrong with it is a finding of its own.
    /// - Parameter owner: The name of the definition, or of the service or channel that the entry is about.
    public func isBroken(_ key: CatalogKey, at owner: SourceSpan) -> Bool {
        !brokenKeys.isEmpty && brokenKeys.contains(BrokenKey(key: key, owner: owner))
    }

    mutating func addBroken(_ keys: Set<BrokenKey>) { brokenKeys.formUnion(keys) }

    /// Remembers the words of a file that could not be read to its end.
    mutating func addBroken(_ source: SourceFile) { hiddenWords.formUnion(words(of: source.bytes)) }
}

extension Catalog {
    /// Reads a folder of catalog files, or one file.
    /// - Throws: where the path is missing or cannot be read. Content problems are diagnostics in the result.
    public static func load(path: String) throws(CatalogLoadError) -> LoadedCatalog { try loadCatalog(at: [path]) }
}

/// Reads a folder of catalog files, or one file.
/// - Throws: where the path is missing or cannot be read. Content problems are diagnostics in the result.
public func loadCatalog(at path: String) throws(CatalogLoadError) -> LoadedCatalog { try loadCatalog(at: [path]) }

/// Reads several folders and files as one catalog. A file that is reached twice, by links or paths, is read once.
///
/// `texts` stand in place of the files of these shown paths: what an editor has not saved yet.
/// - Throws: where one of the paths is missing or cannot be read.
public func loadCatalog(at paths: [String], texts: [String: SourceFile] = [:]) throws(CatalogLoadError) -> LoadedCatalog
{
    var files: [CatalogFiles.File] = []
    var unreadable: [(path: String, reason: String)] = []
    var root: String?
    var seen: Set<FileSystem.Identity> = []
    for path in paths {
        let found = try CatalogFiles(at: path)
        root = root ?? found.root
        files += found.files.filter { seen.insert($0.identity).inserted }
        unreadable += found.unreadable
    }
    let fragments = readFragments(of: files, root: root ?? "", texts: texts)
    return merge(fragments, root: root ?? "", unreadable: unreadable)
}

/// The folders that hold a catalog's files, as they are opened: those of its paths and all below them that are looked
/// into. A path that is not there has none.
public func catalogFolders(at paths: [String]) -> [String] {
    paths.flatMap { path in (try? CatalogFiles(at: path))?.folders ?? [] }
}

/// Reads a catalog from texts, as if they were files of these paths; for tests, editors and version control.
public func loadCatalog(texts: [(path: String, text: String)]) -> LoadedCatalog {
    let sorted = texts.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    let files = sorted.map { ($0.path, SourceFile(path: $0.path, text: $0.text)) }
    let folder = DocumentFolder(texts: Dictionary(files, uniquingKeysWith: { first, _ in first }))
    let fragments = sorted.map { fragment(path: $0.path, bytes: Array($0.text.utf8), folder: folder) }
    return merge(fragments, root: "", unreadable: [])
}

/// The words of a text, each a run of letters, digits, `-`, `_`, `.` and anything beyond ASCII.
private func words(of bytes: [UInt8]) -> [String] {
    bytes.split { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x80...: false
        default: true
        }
    }
    .map { String(decoding: $0, as: UTF8.self) }
}
