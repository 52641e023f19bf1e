import SourceDiagnostics

/// Larger files are named and left out.
let maximumFileSize = 4 << 20

/// Reads files on all cores; the result is in the order of the files. `texts` stand in place of files, by shown path.
func readFragments(
    of files: [CatalogFiles.File], root: String, texts: [String: SourceFile] = [:]
) -> [CatalogFragment] {
    let folder = DocumentFolder(root: root, texts: texts)
    return concurrently(files.count, part: 16) { part in
        files[part].map { file in
            texts[file.shownPath].map { fragment(path: file.shownPath, bytes: $0.bytes, folder: folder) }
                ?? readFragment(of: file, folder: folder)
        }
    }
}

private func readFragment(of file: CatalogFiles.File, folder: DocumentFolder) -> CatalogFragment {
    do throws(FileSystem.Failure) {
        let bytes = try FileSystem.read(file.path, limit: maximumFileSize + 1)
        return fragment(path: file.shownPath, bytes: bytes, folder: folder)
    } catch {
        var fragment = CatalogFragment(source: SourceFile(path: file.shownPath, bytes: []))
        fragment.diagnostics = [unreadableDiagnostic(path: file.shownPath, reason: error.reason)]
        fragment.isBroken = true
        return fragment
    }
}

func unreadableDiagnostic(path: String, reason: String) -> Diagnostic {
    Diagnostic(
        rule: "syntax-error", severity: .error, message: "'\(path)' cannot be read: \(reason)",
        span: SourceSpan(file: path, line: 1, column: 1))
}

/// Reads one file's bytes, whatever they are.
func fragment(path: String, bytes: [UInt8], folder: DocumentFolder) -> CatalogFragment {
    var (source, encodingProblem) = decoded(path: path, bytes: bytes)
    guard encodingProblem?.stops != true else {
        var fragment = CatalogFragment(source: source)
        fragment.diagnostics = [encodingProblem?.diagnostic].compactMap(\.self)
        fragment.isBroken = true
        return fragment
    }
    if bytes.isEmpty { source = SourceFile(path: path, bytes: []) }
    let tree = YAMLTree(parsing: source.bytes)
    let reader = documentReaders.first { $0.accepts(tree) } ?? CatalogDocumentReader()
    var fragment = reader.read(source, tree, folder)
    if let problem = tree.problem {
        fragment.diagnostics.append(syntaxDiagnostic(problem, in: source))
        fragment.isBroken = true
    }
    fragment.diagnostics += [encodingProblem?.diagnostic].compactMap(\.self)
    fragment.suppressions = Suppression.all(in: source) { line, column in tree.isText(line: line, column: column) }
    return fragment
}

/// The text of a file in UTF-8. What is not UTF-8 is reported where it first stands; UTF-16 and files over the limit
/// are not read at all.
private func decoded(path: String, bytes: [UInt8]) -> (SourceFile, (diagnostic: Diagnostic, stops: Bool)?) {
    func problem(_ message: String, line: Int = 1, column: Int = 1, label: String = "", help: String? = nil)
        -> Diagnostic
    {
        Diagnostic(
            rule: "syntax-error", severity: .error, message: message,
            span: SourceSpan(file: path, line: line, column: column, endColumn: column + 1), label: label, help: help)
    }
    if bytes.count > maximumFileSize {
        let empty = SourceFile(path: path, bytes: [])
        return (empty, (problem("the file is larger than 4 MiB", help: "cut it into several files"), true))
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
        let empty = SourceFile(path: path, bytes: [])
        return (empty, (problem("the file is in UTF-16, not UTF-8", help: "save it as UTF-8"), true))
    }
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    if String(validating: bytes, as: UTF8.self) != nil { return (SourceFile(path: path, bytes: bytes), nil) }
    let source = SourceFile(path: path, bytes: Array(String(decoding: bytes, as: UTF8.self).utf8))
    // The first byte that repairing changed is the first that is not UTF-8.
    let offset = zip(bytes, source.bytes).enumerated().first { $1.0 != $1.1 }?.offset ?? 0
    let (line, column) = source.position(ofByte: offset)
    let hex = String(bytes[min(offset, bytes.count - 1)], radix: 16, uppercase: true)
    let words = "byte 0x\(hex.count == 1 ? "0" : "")\(hex) is not UTF-8"
    return (
        source, (problem(words, line: line, column: column, label: "not UTF-8", help: "save the file as UTF-8"), false)
    )
}
