import SourceDiagnostics

extension CatalogReader {
    /// `lint:`: a rule and its severity, or a map of severity, paths and the rule's own options.
    mutating func lintEntries(_ node: Int) -> [LintEntry] {
        guard tree.nodes[node].kind == .mapping else { return [] }
        var entries: [LintEntry] = []
        var places: [String: SourceSpan] = [:]
        let severities = ValueType.choice(["error", "warning", "info", "off"])
        for (keyNode, valueNode) in pairs(of: node) {
            let rule = Located(tree.string(keyNode), span(keyNode))
            guard spend(at: keyNode) else { break }
            if let first = places[rule.value] {
                report(
                    "duplicate-name", "'lint' has '\(rule.value)' twice", rule.span, label: "again here",
                    related: [RelatedPlace(span: first, label: "first stands here")])
                continue
            }
            places[rule.value] = rule.span
            var entry = LintEntry(rule: rule)
            let body = tree.resolved(valueNode)
            if tree.nodes[body].kind == .mapping {
                for (optionNode, optionValue) in pairs(of: body) {
                    let key = Located(tree.string(optionNode), span(optionNode))
                    switch key.value {
                    case "severity": entry.severity = lintText(optionValue, severities, "lint.\(rule.value).severity")
                    case "paths": entry.paths = lintPaths(tree.resolved(optionValue), severities, rule.value)
                    default:
                        entry.options.append(
                            .init(key: key, values: lintOption(optionValue, "lint.\(rule.value).\(key.value)")))
                    }
                }
            } else {
                entry.severity = lintText(valueNode, severities, "lint.\(rule.value)")
            }
            entries.append(entry)
        }
        return entries
    }

    private mutating func lintPaths(_ node: Int, _ severities: ValueType, _ rule: String) -> [LintEntry.PathSeverity] {
        guard
            expect(
                node, .mapping, .lintSettings, at: KeyPlace(key: .lint, span: span(node), title: "lint.\(rule).paths"))
        else { return [] }
        guard tree.nodes[node].kind == .mapping else { return [] }
        return pairs(of: node).compactMap { keyNode, valueNode in
            guard let severity = lintText(valueNode, severities, "lint.\(rule).paths") else { return nil }
            return .init(pattern: Located(tree.string(keyNode), span(keyNode)), severity: severity)
        }
    }

    private mutating func lintOption(_ index: Int, _ title: String) -> [Located<String>] {
        let node = tree.resolved(index)
        let parts = tree.nodes[node].kind == .sequence ? Array(tree.children(of: node)) : [index]
        return parts.compactMap { lintText($0, .text, title) }
    }

    private mutating func lintText(_ index: Int, _ type: ValueType, _ title: String) -> Located<String>? {
        let place = KeyPlace(key: .lint, span: span(index), title: title)
        guard let value = scalar(index, as: type, at: place), let text = value.text else { return nil }
        return Located(text, value.span)
    }
}
