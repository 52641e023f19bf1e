import SourceDiagnostics

/// An AsyncAPI document and the files it refers to, as nodes that follow their `$ref`s.
///
/// References are followed inside the document and to files below the catalog's folder. URLs are never fetched.
final class AsyncAPIDocument {
    let source: SourceFile
    let tree: YAMLTree
    private let folder: DocumentFolder
    private var files: [String: File] = [:]
    private(set) var diagnostics: [Diagnostic] = []
    /// Every file that was referred to, by its shown path.
    private(set) var referencedFiles: Set<String> = []

    /// One file of the document.
    final class File {
        let source: SourceFile
        let tree: YAMLTree
        let start: SourceSpan
        /// Large maps by key, made when they are first asked.
        private var indexes: [Int: [String: Int]] = [:]

        init(source: SourceFile, tree: YAMLTree) {
            self.source = source
            self.tree = tree
            start = SourceSpan(file: source.path, line: 1, column: 1)
        }

        /// The paths of all `$ref`s to files, each once, in the order of the text.
        var referredPaths: [String] {
            var seen: Set<String> = []
            return tree.nodes.indices.dropLast().compactMap { index in
                guard tree.nodes[index].length == 4, tree.nodes[index + 1].kind.isScalar,
                    tree.bytes(index).elementsEqual("$ref".utf8)
                else { return nil }
                let path = tree.string(index + 1).prefix { $0 != "#" }
                guard !path.isEmpty, !path.contains("://"), seen.insert(String(path)).inserted else { return nil }
                return percentDecoded(String(path))
            }
        }

        func value(of key: String, in mapping: Int) -> Int? {
            let mapping = tree.resolved(mapping)
            guard tree.nodes[mapping].kind == .mapping else { return nil }
            if Int(tree.nodes[mapping].end) - mapping < 256 { return tree.value(of: key, in: mapping) }
            if let index = indexes[mapping] { return index[key] }
            var index: [String: Int] = [:]
            for pair in tree.pairs(mapping) where index[tree.string(pair.key)] == nil {
                index[tree.string(pair.key)] = pair.value
            }
            indexes[mapping] = index
            return index[key]
        }
    }

    /// A place in one of the files, behind all references.
    struct Node {
        let file: File
        let index: Int
        /// The last part of the reference that led here: `UserSignedUp` of `#/components/messages/UserSignedUp`.
        var referredAs: String?

        var kind: YAMLTree.Kind { file.tree.nodes[index].kind }
        var text: String? { kind.isScalar && !file.tree.isNull(index) ? file.tree.string(index) : nil }
        var span: SourceSpan { file.tree.span(index, in: file.start) }
    }

    init(source: SourceFile, tree: YAMLTree, folder: DocumentFolder) {
        self.source = source
        self.tree = tree
        self.folder = folder
        files[source.path] = File(source: source, tree: tree)
    }

    /// The document's root.
    var root: Node? {
        guard let file = files[source.path], let root = tree.documents.first else { return nil }
        return Node(file: file, index: tree.resolved(root))
    }

    /// The value of a key, its references followed; nil where there is none or it leads nowhere.
    func value(_ key: String, of node: Node?) -> Node? {
        guard let node, let index = node.file.value(of: key, in: node.index) else { return nil }
        return followed(Node(file: node.file, index: index))
    }

    func text(_ key: String, of node: Node?) -> Located<String>? {
        guard let value = value(key, of: node), let text = value.text else { return nil }
        return Located(text, value.span)
    }

    /// Keys and values of a map, the values' references followed.
    func entries(of node: Node?) -> [(key: Located<String>, value: Node)] {
        guard let node else { return [] }
        return node.file.tree.pairs(node.index).compactMap { pair in
            guard let value = followed(Node(file: node.file, index: pair.value)) else { return nil }
            let key = Located(node.file.tree.string(pair.key), node.file.tree.span(pair.key, in: node.file.start))
            return (key, value)
        }
    }

    /// The elements of a list, their references followed.
    func elements(of node: Node?) -> [Node] {
        guard let node else { return [] }
        return node.file.tree.elements(node.index).compactMap { followed(Node(file: node.file, index: $0)) }
    }

    /// The `$ref` that stands at a key, where it stands, without following it.
    func reference(_ key: String, of node: Node?) -> Located<String>? {
        guard let node, let index = node.file.value(of: key, in: node.index) else { return nil }
        return reference(at: Node(file: node.file, index: index))
    }

    private func reference(at node: Node) -> Located<String>? {
        guard node.kind == .mapping, let index = node.file.tree.value(of: "$ref", in: node.index),
            node.file.tree.nodes[index].kind.isScalar
        else { return nil }
        return Located(node.file.tree.string(index), node.file.tree.span(index, in: node.file.start))
    }

    func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    // MARK: References

    /// Notes every file that the document refers to, directly or through another, also where the catalog needs nothing
    /// of it: a schema's file is a part of the document and no catalog file.
    func noteReferencedFiles() {
        var pending = Array(files.values)
        var seen = Set(pending.map(\.source.path))
        while let file = pending.popLast(), seen.count < 1000 {
            for path in file.referredPaths {
                guard let other = self.file(at: path, from: file), seen.insert(other.source.path).inserted else {
                    continue
                }
                pending.append(other)
            }
        }
    }

    private func followed(_ start: Node) -> Node? {
        var node = start
        // A reference may lead to a reference; a circle of them is a mistake.
        for _ in 0..<32 {
            guard let reference = reference(at: node) else { return node }
            guard let target = target(of: reference, from: node.file) else { return nil }
            node = target
        }
        if let reference = reference(at: start) {
            unknown(reference, "leads back to itself", label: "a circle")
        }
        return nil
    }

    private func target(of reference: Located<String>, from file: File) -> Node? {
        let text = reference.value
        if text.contains("://") { return nil }
        let path = String(text.prefix { $0 != "#" })
        let pointer = text.dropFirst(path.count + 1)
        var target = file
        if !path.isEmpty {
            guard let other = self.file(at: percentDecoded(path), from: file) else {
                unknown(reference, "is not a file in the catalog's folder", label: "no such file")
                return nil
            }
            target = other
        }
        guard var index = target.tree.documents.first.map(target.tree.resolved) else { return nil }
        var last: String?
        let parts = pointer.split(separator: "/").map {
            percentDecoded(String($0)).replacing("~1", with: "/").replacing("~0", with: "~")
        }
        for (number, key) in parts.enumerated() {
            if target.tree.nodes[index].kind == .sequence, let position = Int(key),
                target.tree.elements(index).indices.contains(position)
            {
                index = target.tree.elements(index)[position]
            } else if let next = target.value(of: key, in: index) {
                index = next
            } else if let next = target.value(of: parts[number...].joined(separator: "/"), in: index) {
                // Real documents have keys with a `/` in them, and references that forget to write it `~1`.
                return Node(file: target, index: next, referredAs: parts[number...].joined(separator: "/"))
            } else {
                unknown(reference, "names nothing: there is no '\(key)'", label: "leads nowhere")
                return nil
            }
            last = key
        }
        return Node(file: target, index: index, referredAs: last)
    }

    private func file(at path: String, from file: File) -> File? {
        guard !path.hasPrefix("/"), let shown = joinedPath(path, from: file.source.path) else { return nil }
        referencedFiles.insert(shown)
        if let known = files[shown] { return known }
        guard let source = folder.file(shown) else { return nil }
        let file = File(source: source, tree: YAMLTree(parsing: source.bytes))
        files[shown] = file
        return file
    }

    /// The path from the folder of the file that names it, without `.` and `..`; nil where it leaves every folder.
    private func joinedPath(_ path: String, from origin: String) -> String? {
        var parts = origin.split(separator: "/", omittingEmptySubsequences: false).dropLast().map(String.init)
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                guard let last = parts.last, last != "..", !last.isEmpty else { return nil }
                parts.removeLast()
            } else {
                parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }

    private func unknown(_ reference: Located<String>, _ what: String, label: String) {
        report(
            Diagnostic(
                rule: "unknown-reference", severity: .error, message: "the reference '\(reference.value)' \(what)",
                span: reference.span, label: label))
    }
}

/// A text whose `%20`s are bytes again; as it is where that is not UTF-8.
private func percentDecoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
        let digits = rest.prefix(2)
        if byte == UInt8(ascii: "%"), digits.count == 2,
            let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
        {
            bytes.append(value)
            rest = rest.dropFirst(2)
        } else {
            bytes.append(byte)
        }
    }
    return String(validating: bytes, as: UTF8.self) ?? text
}
