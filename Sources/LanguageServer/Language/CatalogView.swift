import CatalogModel
import SourceDiagnostics

/// The catalog as it is at one moment, with the editor's unsaved texts, and how places in it are said to the client.
struct CatalogView: Sendable {
    let loaded: LoadedCatalog
    let graph: CatalogGraph
    let symbols: SymbolIndex
    let encoding: PositionEncoding
    /// The names of a moment at which the files, broken now, could be read.
    let lostNames: LostNames
    let folder: PathMapping
    /// The text of a file: the editor's where it is open.
    let document: @Sendable (String) -> TextDocument?

    var catalog: Catalog { loaded.catalog }

    /// A span as a range of the client.
    func range(_ span: SourceSpan) -> Range<TextPosition> {
        guard let document = document(span.file) else {
            let start = TextPosition(line: max(span.line - 1, 0), column: max(span.column - 1, 0))
            return start..<start
        }
        return SpanLocator(document).range(of: span, encoding)
    }

    func location(_ span: SourceSpan) -> JSONValue {
        .object([("uri", .string(folder.uri(span.file))), ("range", Self.json(range(span)))])
    }

    /// The name that stands at a position of a file.
    func symbol(in file: String, at position: TextPosition) -> Symbol? {
        guard let document = document(file) else { return nil }
        let offset = document.offset(of: position, encoding)
        let place = SourceFile(path: file, bytes: document.bytes).position(ofByte: offset)
        return symbols.symbol(in: file, line: place.line, column: place.column)
    }

    static func json(_ range: Range<TextPosition>) -> JSONValue {
        .object([("start", json(range.lowerBound)), ("end", json(range.upperBound))])
    }

    static func json(_ position: TextPosition) -> JSONValue {
        .object([("line", .number(position.line)), ("character", .number(position.column))])
    }
}

/// Paths of the catalog (relative to the working folder where they lie below it) and the URIs of an editor.
struct PathMapping: Sendable {
    /// Absolute, without a slash at its end.
    var workingFolder: String

    func uri(_ path: String) -> String { DocumentURI.uri(ofPath: absolute(path)) }

    func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(workingFolder)/\(path)"
    }

    /// The path as the catalog shows it; nil for what is no local file.
    func path(ofURI uri: String) -> String? {
        guard let path = DocumentURI.path(of: uri) else { return nil }
        return shown(path)
    }

    /// Empty for the working folder itself.
    func shown(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        if path == workingFolder { return "" }
        return path.hasPrefix(workingFolder + "/") ? String(path.dropFirst(workingFolder.count + 1)) : path
    }
}

/// The names that files defined when they could last be read to their end: what completion offers while one of them is
/// half typed.
struct LostNames: Sendable {
    private var last: [String: [Symbol]] = [:]

    /// Takes what every whole file defines; keeps what was known of the broken ones.
    mutating func update(_ symbols: SymbolIndex, files: [String], broken: Set<String>) {
        for file in files where !broken.contains(file) { last[file] = symbols.definitions(in: file) }
        self.broken = broken
    }

    private var broken: Set<String> = []

    /// What the broken files defined.
    var definitions: [Symbol] { broken.sorted().flatMap { last[$0] ?? [] } }
}
