import CatalogLint
import CatalogModel
import SourceDiagnostics

/// The catalog of a session: files on disk, and over them the texts that the editor holds.
///
/// Edits only change texts. Files are read again, and the catalog is put together, when somebody asks.
struct CatalogState: Sendable {
    private(set) var workspace: CatalogWorkspace?
    /// Why there is no catalog.
    var problem: String?
    private(set) var documents: [String: TextDocument] = [:]
    /// Files whose text changed since the catalog was put together, and files to read from disk again.
    private var edited: Set<String> = []
    private var onDisk: Set<String> = []
    /// Files whose text changed since somebody asked.
    private var touched: Set<String> = []
    private var loaded: LoadedCatalog?
    private var symbols: SymbolIndex?
    private var graph: CatalogGraph?
    private var known: [Diagnostic]?
    /// Counts the states of the catalog.
    private var generation = 0
    private var lostNames = LostNames()

    /// One change of a text; without a range the whole text.
    struct Edit: Sendable {
        var range: TextRange?
        var text: String
    }

    /// Takes a catalog as it is on disk; what the editor holds is laid over it again.
    mutating func use(_ workspace: CatalogWorkspace) {
        self.workspace = workspace
        for (file, document) in documents where workspace.isCatalogFile(file) {
            self.workspace?.replace(file, with: document.bytes)
        }
        problem = nil
        loaded = nil
        onDisk.removeAll()
    }

    mutating func open(_ file: String, _ document: TextDocument) {
        documents[file] = document
        edited.insert(file)
    }

    mutating func change(_ file: String, _ edits: [Edit], version: Int?, _ encoding: PositionEncoding) {
        guard documents[file] != nil else { return }
        for edit in edits { documents[file]?.replace(edit.range?.range, with: edit.text, encoding) }
        documents[file]?.version = version
        edited.insert(file)
    }

    mutating func close(_ file: String) {
        documents[file] = nil
        edited.remove(file)
        onDisk.insert(file)
    }

    /// A file that the editor holds open is what the editor says, whatever the disk has.
    mutating func changedOnDisk(_ file: String) {
        if documents[file] == nil { onDisk.insert(file) }
        // Links and schemas may have come or gone.
        known = nil
        generation += 1
    }

    /// The catalog with the editor's texts; nil where there is none.
    mutating func view(_ encoding: PositionEncoding, _ folder: PathMapping) -> CatalogView? {
        guard refresh(), let loaded, let symbols, let graph else { return nil }
        let files = DocumentLookup(documents, workspace)
        return CatalogView(
            loaded: loaded, graph: graph, symbols: symbols, encoding: encoding, lostNames: lostNames,
            folder: folder, document: { files.document($0) })
    }

    /// The files whose text changed since this was asked last.
    mutating func takeTouched() -> Set<String> {
        defer { touched = [] }
        return touched
    }

    /// The work of finding what is wrong; nil where there is no catalog, or where it is done.
    mutating func check(_ settings: LintSettings) -> FindingsCheck? {
        guard refresh(), let loaded, known == nil else { return nil }
        return FindingsCheck(generation: generation, loaded: loaded, settings: settings)
    }

    /// Takes the findings of a check; false where the texts have changed since.
    mutating func take(_ findings: [Diagnostic], of check: FindingsCheck) -> Bool {
        guard edited.isEmpty, onDisk.isEmpty, check.generation == generation else { return false }
        known = findings
        return true
    }

    /// Every finding, worked out at most once for one state of the texts.
    mutating func findings(_ settings: LintSettings) -> [Diagnostic] {
        if let check = check(settings) { known = check.run() }
        return known ?? []
    }

    /// Puts the catalog together where a text changed; false where there is no catalog.
    private mutating func refresh() -> Bool {
        guard workspace != nil else { return false }
        var isNew = loaded == nil
        for file in onDisk.sorted() where workspace?.isCatalogFile(file) == true {
            workspace?.reread(file)
            touched.insert(file)
            isNew = true
        }
        for file in edited.sorted() where workspace?.isCatalogFile(file) == true {
            guard let document = documents[file] else { continue }
            workspace?.replace(file, with: document.bytes)
            touched.insert(file)
            isNew = true
        }
        onDisk.removeAll()
        edited.removeAll()
        guard isNew, let workspace else { return true }
        let loaded = workspace.load()
        let symbols = SymbolIndex(loaded.graph)
        self.loaded = loaded
        self.symbols = symbols
        graph = loaded.graph
        known = nil
        generation += 1
        let broken = loaded.diagnostics.filter { $0.rule == "syntax-error" }.compactMap {
            $0.span?.file
        }
        lostNames.update(symbols, files: workspace.paths, broken: Set(broken))
        return true
    }
}
