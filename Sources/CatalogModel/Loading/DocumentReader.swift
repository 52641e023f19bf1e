import SourceDiagnostics

/// Reads one kind of file. A kind is one file and one line in the list below.
protocol DocumentReader: Sendable {
    /// Whether the file is of this kind.
    func accepts(_ tree: YAMLTree) -> Bool
    /// What the file says. Syntax errors are reported by the caller.
    func read(_ source: SourceFile, _ tree: YAMLTree, _ folder: DocumentFolder) -> CatalogFragment
}

/// The kinds of files besides the catalog language, which takes what no other wants.
let documentReaders: [any DocumentReader] = [
    AsyncAPIReader()
]

/// The catalog language itself.
struct CatalogDocumentReader: DocumentReader {
    func accepts(_ tree: YAMLTree) -> Bool { true }

    func read(_ source: SourceFile, _ tree: YAMLTree, _ folder: DocumentFolder) -> CatalogFragment {
        var fragment = CatalogFragment(source: source)
        var reader = CatalogReader(source: source, tree: tree)
        for file in reader.readDocuments() { fragment.add(file, &reader) }
        fragment.diagnostics = reader.diagnostics
        fragment.brokenKeys = reader.brokenKeys
        fragment.isBroken = reader.isExhausted
        return fragment
    }
}

/// The catalog's folder, for kinds of files that refer to other files.
struct DocumentFolder: Sendable {
    private var root: String?
    private var texts: [String: SourceFile] = [:]

    /// A folder of the file system, where `texts` stand in place of files.
    init(root: String, texts: [String: SourceFile] = [:]) {
        self.root = root
        self.texts = texts
    }

    /// Nothing but these texts.
    init(texts: [String: SourceFile]) { self.texts = texts }

    /// A file below the catalog's folder, by its shown path; nil where there is none, or where it lies outside.
    func file(_ path: String) -> SourceFile? {
        if let text = texts[path] { return text }
        guard let root else { return nil }
        guard let top = FileSystem.resolved(root.isEmpty ? "." : root), let real = FileSystem.resolved(path),
            real.hasPrefix(top == "/" ? "/" : top + "/"),
            let found = try? FileSystem.look(at: real), found.kind == .file,
            let bytes = try? FileSystem.read(real, limit: maximumFileSize + 1), bytes.count <= maximumFileSize,
            String(validating: bytes, as: UTF8.self) != nil
        else { return nil }
        return SourceFile(
            path: path, bytes: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes)
    }
}
