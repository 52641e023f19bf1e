import CatalogModel
import SourceDiagnostics

/// `# flowglass:ignore RULE — reason` comments: which findings they hide, and which of them hide nothing.
struct IgnoreComments {
    private struct Place: Hashable {
        var file: String
        var line: Int
    }

    private let suppressions: [Suppression]
    private let indexes: [Place: [Int]]
    private var used: Set<[Int]> = []
    private var fixes: NameFixes

    init(_ loaded: LoadedCatalog) {
        fixes = NameFixes(of: loaded)
        suppressions = loaded.suppressions
        var indexes: [Place: [Int]] = [:]
        for (index, suppression) in suppressions.enumerated() {
            indexes[Place(file: suppression.span.file, line: suppression.line), default: []].append(index)
        }
        self.indexes = indexes
    }

    /// The findings that no comment hides. Structural errors cannot be hidden, and a comment without a reason hides
    /// nothing.
    mutating func withoutIgnored(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        guard !suppressions.isEmpty else { return diagnostics }
        return diagnostics.filter { diagnostic in
            guard let span = diagnostic.span, lintRule(named: diagnostic.rule)?.group != .structure else { return true }
            for index in indexes[Place(file: span.file, line: span.line)] ?? [] {
                guard suppressions[index].reason != nil else { continue }
                if let entry = suppressions[index].rules.firstIndex(where: { $0.value == diagnostic.rule }) {
                    used.insert([index, entry])
                    return false
                }
            }
            return true
        }
    }

    /// What `unused-ignore` has to say, once all findings went through.
    mutating func diagnostics() -> [Diagnostic] {
        suppressions.indices.flatMap { index -> [Diagnostic] in
            let suppression = suppressions[index]
            if suppression.rules.isEmpty {
                return [
                    UnusedIgnore().finding(
                        "an ignore comment must name the rule it ignores", at: suppression.span, label: "no rule",
                        help: "write # flowglass:ignore RULE — reason")
                ]
            }
            if suppression.reason == nil {
                return [
                    UnusedIgnore().finding(
                        "an ignore comment must give its reason, and this one ignores nothing without it",
                        at: suppression.span, label: "no reason",
                        help: "write # flowglass:ignore \(suppression.rules[0].value) — reason")
                ]
            }
            return suppression.rules.indices.compactMap { entry in
                used.contains([index, entry]) ? nil : unused(suppression.rules[entry])
            }
        }
    }

    private mutating func unused(_ name: Located<String>) -> Diagnostic? {
        guard let known = lintRule(named: name.value) else {
            let nearest = nameSuggestion(for: name.value, among: allRules.map(\.name))
            var diagnostic = UnusedIgnore().finding(
                "'\(name.value)' is not a rule, so nothing is ignored", at: name.span, label: "no such rule",
                help: nearest.map { "did you mean '\($0.name)'?" })
            if let nearest, nearest.isOnlyOne {
                diagnostic.fix = fixes.replacing(name.value, with: nearest.name, at: name.span)
            }
            return diagnostic
        }
        switch known.group {
        // Whether a drift finding is ignored is known only where there are spans.
        case .drift: return nil
        case .structure:
            return UnusedIgnore().finding(
                "'\(name.value)' is always an error and cannot be ignored", at: name.span, label: "a structural rule")
        default:
            return UnusedIgnore().finding(
                "nothing on this line is '\(name.value)' any more", at: name.span, label: "ignores nothing",
                help: "remove it")
        }
    }
}
