public import SourceDiagnostics

/// Adds definitions and list items to the text of a catalog file; everything else stays byte for byte.
///
/// New lines take the indent and the style (block or flow) of what is there. Where a place is written in a way that
/// cannot be added to without touching something else (an alias, a list in a string), nothing is added.
public struct CatalogInsertion: Sendable {
    public private(set) var source: SourceFile
    /// What could not be added.
    public private(set) var left: [CatalogAddition] = []

    public init(_ source: SourceFile, adding additions: [CatalogAddition]) {
        self.source = source
        for addition in additions where !add(addition) { left.append(addition) }
    }

    /// Each list is added by itself: after one edit the text is read again.
    private mutating func add(_ addition: CatalogAddition) -> Bool {
        let before = source
        var editor = YAMLEditor(source.bytes)
        if editor.isEmpty {
            guard editor.appendSection(addition) else { return false }
            source = SourceFile(path: source.path, bytes: editor.bytes)
            return true
        }
        guard let root = editor.root, editor.tree.value(of: "asyncapi", in: root) == nil else { return false }
        guard let section = editor.rawValue(of: addition.section.rawValue, in: root) else {
            guard editor.appendSection(addition) else { return false }
            source = SourceFile(path: source.path, bytes: editor.bytes)
            return true
        }
        guard editor.rawValue(of: addition.name, in: section) != nil else {
            guard editor.insert(addition, intoSection: section, named: addition.section.rawValue) else { return false }
            source = SourceFile(path: source.path, bytes: editor.bytes)
            return true
        }
        for list in addition.lists {
            var editor = YAMLEditor(source.bytes)
            guard let root = editor.root, let section = editor.rawValue(of: addition.section.rawValue, in: root),
                let definition = editor.rawValue(of: addition.name, in: section),
                editor.insert(list, intoDefinition: definition)
            else {
                source = before
                return false
            }
            source = SourceFile(path: source.path, bytes: editor.bytes)
        }
        return true
    }
}

/// One edit of a YAML text, found through its tree.
struct YAMLEditor {
    private(set) var bytes: [UInt8]
    let tree: YAMLTree
    private let starts: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        tree = YAMLTree(parsing: bytes)
        starts = SourceFile(path: "", bytes: bytes).lineStarts()
    }

    /// The mapping of the only document; an empty text has none, and is appended to all the same.
    var root: Int? {
        guard tree.problem == nil, tree.documents.count <= 1 else { return nil }
        guard let root = tree.documents.first, root < tree.nodes.count else { return nil }
        return tree.nodes[root].kind == .mapping && !isFlow(root) ? root : nil
    }

    /// Nothing but blanks and comments.
    var isEmpty: Bool {
        guard tree.problem == nil else { return false }
        guard let root = tree.documents.first, root < tree.nodes.count else { return true }
        return tree.documents.count == 1 && tree.isNull(root) && tree.nodes[root].length == 0
    }

    /// The value of a key as it stands there; nil where the key is not there.
    func rawValue(of key: String, in mapping: Int) -> Int? {
        guard tree.nodes[mapping].kind == .mapping else { return nil }
        var children = tree.children(of: mapping)
        while let name = children.next(), let value = children.next() {
            if tree.nodes[name].kind.isScalar, tree.bytes(name).elementsEqual(key.utf8) { return value }
        }
        return nil
    }

    // MARK: - Edits

    /// A section that is not there yet: at the end of the text, or of its document where that is marked by `...`.
    mutating func appendSection(_ addition: CatalogAddition) -> Bool {
        let first = root.flatMap { Int(tree.nodes[$0].end) > $0 + 1 ? $0 + 1 : nil }
        let indent = first.map { Int(tree.nodes[$0].column) - 1 } ?? 0
        let key = String(repeating: " ", count: indent) + addition.section.rawValue + ":"
        let lines = (bytes.isEmpty ? [] : [""]) + [key] + addition.lines(indent: indent + 2)
        let lastLine = starts.last == bytes.count ? max(starts.count - 1, 1) : starts.count
        guard insertLines(lines, afterLine: documentEnd.map { $0 - 1 } ?? lastLine) else { return false }
        let changed = YAMLTree(parsing: bytes)
        return changed.problem == nil && changed.documents.count == 1
    }

    /// The line of a `...` that ends the document.
    private var documentEnd: Int? {
        (1...starts.count).last { line in
            let end = line < starts.count ? starts[line] : bytes.count
            return bytes[starts[line - 1]..<end].prefix(3).elementsEqual("...".utf8)
        }
    }

    /// A definition that is not there yet, after the last one of its section.
    mutating func insert(_ addition: CatalogAddition, intoSection section: Int, named name: String) -> Bool {
        let node = tree.nodes[section]
        switch node.kind {
        case .mapping where isFlow(section):
            return insertBeforeEnd(of: section, "\(yamlScalar(addition.name)): \(addition.flow)", padded: true)
        case .mapping:
            guard Int(node.end) > section + 1 else { return false }
            let indent = Int(tree.nodes[section + 1].column) - 1
            return insertLines(addition.lines(indent: indent), after: section)
        case .plain where tree.isNull(section) && node.length == 0:
            return insertLines(addition.lines(indent: 2), afterLine: Int(node.line))
        default: return false
        }
    }

    /// Items of a list of a definition that is there.
    mutating func insert(_ list: (key: String, items: [String]), intoDefinition definition: Int) -> Bool {
        let node = tree.nodes[definition]
        let items = list.items.joined(separator: ", ")
        if node.kind == .plain, tree.isNull(definition), node.length == 0 {
            let column = lineIndent(Int(node.line)) + 2
            return insertLines(CatalogAddition.lines(of: list, indent: column), afterLine: Int(node.line))
        }
        guard node.kind == .mapping else { return false }
        guard let value = rawValue(of: list.key, in: definition) else {
            if isFlow(definition) { return insertBeforeEnd(of: definition, "\(list.key): [\(items)]", padded: true) }
            guard Int(node.end) > definition + 1 else { return false }
            let indent = Int(tree.nodes[definition + 1].column) - 1
            return insertLines(CatalogAddition.lines(of: list, indent: indent), after: definition)
        }
        let there = tree.nodes[value]
        switch there.kind {
        case .sequence where isFlow(value): return insertBeforeEnd(of: value, items, padded: false)
        case .sequence:
            let blanks = String(repeating: " ", count: Int(there.column) - 1)
            return insertLines(list.items.map { "\(blanks)- \($0)" }, after: value)
        case .plain where tree.isNull(value) && there.length == 0:
            // `publishes:` with nothing after it.
            let offset = self.offset(line: Int(there.line), column: Int(there.column))
            return replace(offset..<offset, with: " [\(items)]")
        default: return false
        }
    }

    // MARK: - Places

    private func isFlow(_ index: Int) -> Bool {
        let node = tree.nodes[index]
        let offset = offset(line: Int(node.line), column: Int(node.column))
        guard offset < bytes.count else { return false }
        // An anchor or a tag may stand before the bracket.
        var position = offset
        while position < bytes.count, bytes[position] == UInt8(ascii: "&") || bytes[position] == UInt8(ascii: "!") {
            while position < bytes.count, bytes[position] > 0x20 { position += 1 }
            while position < bytes.count, bytes[position] == 0x20 { position += 1 }
        }
        return position < bytes.count && (bytes[position] == UInt8(ascii: "{") || bytes[position] == UInt8(ascii: "["))
    }

    private func offset(line: Int, column: Int) -> Int {
        guard line >= 1, line <= starts.count else { return bytes.count }
        var offset = starts[line - 1]
        var left = column - 1
        while left > 0, offset < bytes.count {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            left -= 1
        }
        return offset
    }

    private func lineIndent(_ line: Int) -> Int {
        var position = starts[line - 1]
        var indent = 0
        while position < bytes.count, bytes[position] == 0x20 {
            indent += 1
            position += 1
        }
        return indent
    }

    /// The last line that holds something of a block collection; blank lines below a text in lines do not.
    private func lastLine(of index: Int) -> Int {
        var last = (index..<Int(tree.nodes[index].end)).reduce(1) { last, child in
            let node = tree.nodes[child]
            let isOpenEnded = (node.kind == .mapping || node.kind == .sequence) && !isFlow(child)
            let endsBefore = node.endColumn == 1 && node.endLine > node.line
            return max(last, Int(isOpenEnded ? node.line : endsBefore ? node.endLine - 1 : node.endLine))
        }
        last = min(last, starts.count)
        while last > 1, isBlank(line: last) { last -= 1 }
        return last
    }

    private func isBlank(line: Int) -> Bool {
        let end = line < starts.count ? starts[line] : bytes.count
        return bytes[starts[line - 1]..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    }

    private mutating func insertLines(_ lines: [String], after index: Int) -> Bool {
        insertLines(lines, afterLine: lastLine(of: index))
    }

    private mutating func insertLines(_ lines: [String], afterLine line: Int) -> Bool {
        guard line >= 1, line <= starts.count else { return false }
        let end = line < starts.count ? starts[line] : bytes.count
        let isWhole = end > 0 && (bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D)
        // The file's own line ends.
        let lineBreak = end >= 2 && bytes[end - 2] == 0x0D && bytes[end - 1] == 0x0A ? "\r\n" : "\n"
        let text = lines.joined(separator: lineBreak)
        return replace(end..<end, with: isWhole || end == 0 ? text + lineBreak : lineBreak + text + lineBreak)
    }

    /// Before the closing bracket of a flow collection, after a comma where something stands before it.
    private mutating func insertBeforeEnd(of index: Int, _ text: String, padded: Bool) -> Bool {
        let node = tree.nodes[index]
        let close = offset(line: Int(node.endLine), column: Int(node.endColumn)) - 1
        guard close > 0, close < bytes.count, bytes[close] == UInt8(ascii: "]") || bytes[close] == UInt8(ascii: "}")
        else {
            return false
        }
        var position = close
        while position > 0, bytes[position - 1] == 0x20 { position -= 1 }
        let isEmpty = Int(node.end) == index + 1
        let hasComma = bytes[position - 1] == UInt8(ascii: ",")
        // Brackets on a line of their own: the item before them may end in a comment.
        guard isEmpty || position > 0 && bytes[position - 1] != 0x0A else {
            return insertBeforeOwnLine(close, text, hasItems: !isEmpty, index)
        }
        let lead = isEmpty ? (padded ? " " : "") : hasComma ? " " : ", "
        return replace(position..<close, with: lead + text + (padded ? " " : ""))
    }

    private mutating func insertBeforeOwnLine(_ close: Int, _ text: String, hasItems: Bool, _ index: Int) -> Bool {
        // After the last item, wherever its line goes on.
        guard
            let last = (index + 1..<Int(tree.nodes[index].end)).last(where: {
                tree.nodes[$0].kind.isScalar || isFlow($0)
            })
        else { return false }
        let outer =
            (index + 1...last).filter { Int(tree.nodes[$0].end) == Int(tree.nodes[index].end) && isFlow($0) }.first
            ?? last
        let node = tree.nodes[outer]
        let end = offset(line: Int(node.endLine), column: Int(node.endColumn))
        var next = end
        while next < bytes.count, bytes[next] == 0x20 { next += 1 }
        if next < bytes.count, bytes[next] == UInt8(ascii: ",") {
            return replace(next + 1..<next + 1, with: " \(text),")
        }
        return replace(end..<end, with: ", \(text)")
    }

    private mutating func replace(_ range: Range<Int>, with text: String) -> Bool {
        bytes.replaceSubrange(range, with: Array(text.utf8))
        return true
    }
}
