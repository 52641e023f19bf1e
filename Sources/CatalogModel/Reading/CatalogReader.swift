import SourceDiagnostics

/// Reads one file's tree by the table of the language: tree in, values and diagnostics out.
///
/// What is wrong becomes a diagnostic and is left out; everything else is kept. Recursion is bounded by the language's
/// depth, and alias expansion by a budget, so that no file takes long.
struct CatalogReader {
    let source: SourceFile
    let tree: YAMLTree
    private let start: SourceSpan
    var diagnostics: [Diagnostic] = []
    var brokenKeys: Set<BrokenKey> = []
    /// The definition that is being read, and the keys from there down to the current map.
    var definition: (noun: String, name: String)?
    var keys: [CatalogKey] = []
    /// How many values may still be visited.
    private var budget: Int
    /// Whether the budget ran out, and with it a part of the file is unread.
    private(set) var isExhausted = false

    /// Every value of the file may be visited once, and this many more through aliases.
    static let aliasBudget = 100_000
    /// A long text costs as much as one visit for so many bytes.
    private static let bytesPerVisit = 16
    /// How deep `<<` may nest in what `<<` brings in; deeper ones are left out.
    static let mergeDepth = 32
    /// How many misspelt keys get a suggestion: a file of nothing but wrong keys must not take long.
    var suggestionsLeft = 200
    private var lines: [Int]?
    /// Fixes of this file.
    lazy var nameFixes = NameFixes([source])

    init(source: SourceFile, tree: YAMLTree) {
        self.source = source
        start = SourceSpan(file: source.path, line: 1, column: 1)
        self.tree = tree
        budget = tree.nodes.count + tree.text.count / Self.bytesPerVisit + Self.aliasBudget
    }

    /// The top-level maps of every document of the file.
    mutating func readDocuments() -> [Fields] {
        tree.documents.compactMap { root in
            let node = tree.resolved(root)
            if tree.isNull(node) { return nil }
            guard tree.nodes[node].kind == .mapping else {
                diagnostics.append(
                    Diagnostic(
                        rule: "wrong-type", severity: .error,
                        message: "a catalog file must be a map, not \(phrase(node))", span: span(node),
                        label: "\(phrase(node)) stands here",
                        help: "start with a top-level map: \(MapKind.file.keyList)"))
                return nil
            }
            if let stranger = strangerKey(node) {
                report(
                    "unknown-key",
                    "'\(stranger.value)' is not a top-level key of a catalog, and no other key of the file is",
                    stranger.span, label: "not a catalog file?",
                    help: "name the file in .flowglassignore, or start with one of \(MapKind.file.keyList)")
                return nil
            }
            return fields(node, as: .file, from: span(node))
        }
    }

    /// The first key of a file that has nothing of a catalog: several keys, none known, none nearly right.
    private func strangerKey(_ node: Int) -> Located<String>? {
        let keys = tree.pairs(node).prefix(100).map(\.key)
        let names = MapKind.file.description.keys.map(\.key.rawValue)
        guard keys.count > 1, let first = keys.first else { return nil }
        for key in keys where names.contains(tree.string(key)) || nearestName(to: tree.string(key), among: names) != nil
        {
            return nil
        }
        return Located(tree.string(first), span(first))
    }

    // MARK: Values by type

    /// The value at a node, or nil after a diagnostic.
    mutating func read(_ index: Int, as type: ValueType, at key: KeyPlace) -> Value? {
        guard spend(at: index) else { return nil }
        let node = tree.resolved(index)
        switch type {
        case .text, .flag, .count, .duration, .date, .choice, .pattern, .reference:
            return scalar(index, as: type, at: key)
        case .step:
            if tree.nodes[node].kind == .mapping { return map(node, as: .step, at: key) }
            return scalar(index, as: type, at: key)
        case .list(let element): return list(node, of: element, at: key)
        case .map(let kind):
            guard expect(node, .mapping, type, at: key) else { return nil }
            return map(node, as: kind, at: key)
        case .entry(let kind):
            if tree.nodes[node].kind == .mapping { return map(node, as: kind, at: key) }
            return bareEntry(index, as: kind, type, at: key)
        case .needs(let kind): return needs(index, as: kind, at: key)
        case .named(let kind):
            guard expect(node, .mapping, type, at: key) else { return nil }
            return Value(content: .named(named(node, as: kind)), span: span(node))
        case .lintSettings:
            guard expect(node, .mapping, type, at: key) else { return nil }
            return Value(content: .lint(lintEntries(node)), span: span(node))
        case .anything:
            guard spend(at: index, bytes: sourceLength(node)) else { return nil }
            return Value(content: .text(sourceText(node)), span: span(index))
        }
    }

    private mutating func list(_ node: Int, of element: ValueType, at key: KeyPlace) -> Value? {
        var values: [Value] = []
        if !expect(node, .sequence, .list(element), at: key) {
            // One value where a list belongs is reported, and read as what it means.
            guard let value = read(node, as: element, at: key) else { return nil }
            values = [value]
        } else if tree.nodes[node].kind == .sequence {
            for child in tree.children(of: node) {
                if let value = read(child, as: element, at: key) { values.append(value) }
            }
        }
        return Value(content: .list(values), span: span(node))
    }

    private mutating func map(_ node: Int, as kind: MapKind, at key: KeyPlace) -> Value? {
        keys.append(key.key)
        defer { keys.removeLast() }
        return Value(content: .fields(fields(node, as: kind, from: key.span)), span: span(node))
    }

    /// `order.completed` for `{channel: order.completed}`.
    private mutating func bareEntry(_ index: Int, as kind: MapKind, _ type: ValueType, at key: KeyPlace) -> Value? {
        guard let first = kind.description.keys.first else { return nil }
        guard tree.nodes[tree.resolved(index)].kind.isScalar else {
            mismatch(index, type, at: key)
            return nil
        }
        guard let value = scalar(index, as: first.type, at: key) else { return nil }
        let item = Fields.Item(key: first.key, keySpan: value.span, value: value)
        return Value(content: .fields(Fields(kind: kind, span: value.span, items: [item])), span: value.span)
    }

    /// A map, one word, or a list of words and maps; a word is a key whose value is `true`.
    private mutating func needs(_ index: Int, as kind: MapKind, at key: KeyPlace) -> Value? {
        let node = tree.resolved(index)
        var result = Fields(kind: kind, span: span(node))
        let parts = tree.nodes[node].kind == .sequence ? Array(tree.children(of: node)) : [index]
        for part in parts {
            let resolved = tree.resolved(part)
            switch tree.nodes[resolved].kind {
            case .mapping:
                keys.append(key.key)
                defer { keys.removeLast() }
                result.items += fields(resolved, as: kind, from: key.span).items
            case .sequence, .alias: mismatch(part, .needs(kind), at: key)
            case .plain, .quoted, .block:
                if tree.isNull(resolved), parts.count == 1 { continue }
                let flags = kind.description.keys.filter { $0.type == .flag }.map(\.key)
                guard let value = scalar(part, as: .choice(flags.map(\.rawValue)), at: key),
                    let flag = value.text.flatMap(CatalogKey.named)
                else { continue }
                let content = Value(content: .flag(true), span: value.span)
                result.items.append(Fields.Item(key: flag, keySpan: value.span, value: content))
            }
        }
        return Value(content: .fields(result), span: result.span)
    }

    // MARK: Budget and places

    /// Takes one visit from the budget; false once it is used up, which is reported once.
    mutating func spend(at index: Int, bytes: Int = 0) -> Bool {
        let cost = 1 + bytes / Self.bytesPerVisit
        if budget >= cost {
            budget -= cost
            return true
        }
        budget = 0
        if !isExhausted {
            isExhausted = true
            diagnostics.append(
                Diagnostic(
                    rule: "syntax-error", severity: .error,
                    message:
                        "the file's aliases expand to over \(Self.aliasBudget) more values, which is too many to read",
                    span: span(index), label: "the limit is reached here"))
        }
        return false
    }

    /// Where the file's lines start.
    mutating func lineStarts() -> [Int] {
        if let lines { return lines }
        let starts = source.lineStarts()
        lines = starts
        return starts
    }

    func span(_ index: Int) -> SourceSpan { tree.span(index, in: start) }
}

/// The key whose value is being read.
struct KeyPlace {
    var key: CatalogKey
    var span: SourceSpan
    /// What an error calls it, where that is not the key: `lint.missing-owner`.
    var title: String?
}
