import SourceDiagnostics

// The words for what is wrong with a file's structure.

extension CatalogReader {
    /// The map that is being read: `service 'order'`, `'calls' of service 'order'`, `the top level`.
    private var scope: String {
        let owner = definition.map { "\($0.noun) '\($0.name)'" }
        let key = keys.last.map { "'\($0.rawValue)'" }
        return switch (key, owner) {
        case (let key?, let owner?): "\(key) of \(owner)"
        case (let key?, nil): key
        case (nil, let owner?): owner
        case (nil, nil): "the catalog file"
        }
    }

    /// `'replicas' of service 'order'`
    private func subject(_ key: KeyPlace) -> String {
        if let title = key.title { return "'\(title)'" }
        return keys.isEmpty && definition == nil ? "'\(key.key.rawValue)'" : "'\(key.key.rawValue)' of \(scope)"
    }

    /// `siblings` are the entries of the same map. Returns the key that was meant, where that is clear.
    mutating func unknownKey(
        _ keyNode: Int, _ spelling: String, in kind: MapKind, siblings: [(key: Int, value: Int)]
    ) -> CatalogKey? {
        let span = span(keyNode)
        guard tree.nodes[keyNode].kind.isScalar else {
            report("wrong-type", "a key of \(scope) must be a text, not \(phrase(keyNode))", span, label: "not a text")
            return nil
        }
        suggestionsLeft -= 1
        let names = kind.description.keys.map(\.key.rawValue)
        let nearest = suggestionsLeft >= 0 ? nameSuggestion(for: spelling, among: names) : nil
        let message =
            kind == .file
            ? "'\(spelling)' is not a top-level key of a catalog" : "'\(spelling)' is not a key of \(scope)"
        report(
            "unknown-key", message, span, label: "no such key",
            help: nearest.map { "did you mean '\($0.name)'?" } ?? "the keys are \(kind.keyList)")
        guard let nearest, nearest.isOnlyOne else { return nil }
        if !siblings.contains(where: { $0.key != keyNode && means($0.key, nearest.name) }) {
            diagnostics[diagnostics.count - 1].fix = nameFixes.replacing(spelling, with: nearest.name, at: span)
        }
        return CatalogKey.named(nearest.name)
    }

    /// Whether a key is this one, or this one misspelt: then mending another one would make it stand there twice.
    private func means(_ keyNode: Int, _ name: String) -> Bool {
        let spelling = tree.string(keyNode)
        return spelling == name || CatalogKey.named(spelling) == nil && nearestName(to: spelling, among: [name]) != nil
    }

    mutating func missingKey(_ key: KeyDescription, at span: SourceSpan) {
        let name = key.key.rawValue
        report(
            "missing-key", "\(scope) needs '\(name)'", span, label: "has no '\(name)'",
            help: key.type.example.map { "add \(name): \($0)" } ?? "add '\(name)', \(key.type.phrase)")
    }

    mutating func duplicateKey(_ key: KeyPlace, first: SourceSpan) {
        let place = RelatedPlace(span: first, label: "first stands here")
        report(
            "duplicate-name", "\(scope) has '\(key.key.rawValue)' twice", key.span, label: "again here",
            related: [place])
    }

    /// A value of another shape than its key wants.
    mutating func mismatch(_ index: Int, _ type: ValueType, at key: KeyPlace) {
        let node = tree.resolved(index)
        if tree.isNull(node) {
            report(
                "wrong-type", "\(subject(key)) must be \(type.phrase), and nothing is there", key.span,
                label: "has no value", help: type.example.map { "for example: \(key.title ?? key.key.rawValue): \($0)" }
            )
            return
        }
        var help = type.example.map { "for example: \(key.key.rawValue): \($0)" }
        var fix: Fix?
        if case .list = type, tree.nodes[node].kind.isScalar, tree.nodes[node].kind != .block {
            help = "write a list: [\(tree.string(node))]"
            fix = nameFixes.listing(tree.string(node), at: span(index))
        }
        var found = phrase(node)
        if tree.nodes[node].kind.isScalar, tree.nodes[node].length <= 40, tree.nodes[node].kind != .block {
            found = "\(found) ('\(tree.string(node))')"
        }
        report(
            "wrong-type", "\(subject(key)) must be \(type.phrase), not \(found)", span(index),
            label: "\(phrase(node)) stands here", help: help, fix: fix)
    }

    /// Whether the node has the wanted kind; nothing counts as an empty one. Otherwise a diagnostic.
    mutating func expect(_ node: Int, _ kind: YAMLTree.Kind, _ type: ValueType, at key: KeyPlace) -> Bool {
        if tree.nodes[node].kind == kind || tree.isNull(node) { return true }
        mismatch(node, type, at: key)
        return false
    }

    mutating func wrongBody(_ node: Int, of kind: MapKind, _ name: Located<String>) {
        let noun = kind.definitionNoun ?? "entry"
        let keys = kind.description.keys.prefix(3).map(\.key.rawValue).joined(separator: ", ")
        report(
            "wrong-type", "\(noun) '\(name.value)' must be a map, not \(phrase(node))", span(node),
            label: "\(phrase(node)) stands here", help: "its keys are \(keys) and others: {description: …}")
    }

    mutating func mergeNeedsMap(_ node: Int) {
        report(
            "wrong-type", "'<<' merges a map or a list of maps, not \(phrase(node))", span(node),
            label: "\(phrase(node)) stands here")
    }

    mutating func invalid(
        _ key: KeyPlace, _ problem: String, _ span: SourceSpan, label: String, help: String? = nil, fix: Fix? = nil
    ) {
        report("invalid-value", "\(subject(key)) \(problem)", span, label: label, help: help, fix: fix)
    }

    mutating func report(
        _ rule: String, _ message: String, _ span: SourceSpan, label: String, related: [RelatedPlace] = [],
        help: String? = nil, fix: Fix? = nil
    ) {
        diagnostics.append(
            Diagnostic(
                rule: rule, severity: .error, message: message, span: span, label: label, related: related, help: help,
                fix: fix))
    }

    /// What stands at a node, for `not …`.
    func phrase(_ node: Int) -> String {
        let node = tree.resolved(node)
        switch tree.nodes[node].kind {
        case .mapping: return "a map"
        case .sequence: return "a list"
        case .alias: return "an alias"
        case .quoted, .block: return "a text"
        case .plain:
            let text = tree.string(node)
            if text.isEmpty { return "nothing" }
            if Double(text) != nil { return "a number" }
            return ["true", "false", "True", "False", "TRUE", "FALSE"].contains(text) ? "true or false" : "a text"
        }
    }
}

extension MapKind {
    /// The keys in a sentence; of long maps all the same: whoever misspelt one wants to see them.
    var keyList: String { description.keys.map(\.key.rawValue).joined(separator: ", ") }
}
