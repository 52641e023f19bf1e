import CatalogLint
import CatalogModel
import SourceDiagnostics

/// A place below `lint:`, where rules and their settings stand.
enum LintPlace: Equatable {
    /// The names of rules.
    case rules
    /// The settings of a rule: `severity`, `paths`, its options.
    case settings(rule: String)
    /// The severities of a rule by path.
    case paths
    /// A severity.
    case severity

    /// Nil where the path leads elsewhere.
    init?(_ path: [LanguagePlace.Step]) {
        guard path.first == .key("lint") else { return nil }
        switch path.count {
        case 1: self = .rules
        case 2:
            guard case .key(let rule) = path[1] else { return nil }
            self = .settings(rule: rule)
        case 3:
            switch path[2] {
            case .key("paths"): self = .paths
            case .key("severity"): self = .severity
            default: return nil
            }
        case 4 where path[2] == .key("paths"): self = .severity
        default: return nil
        }
    }

    static let severities = ["error", "warning", "info", "off"]

    /// What a word here means, as Markdown.
    func explanation(of word: String, isKey: Bool) -> String? {
        switch self {
        case .rules:
            guard let rule = lintRule(named: word) else { return nil }
            let severity = rule.severity?.rawValue ?? "off"
            var parts = [
                "**\(rule.name)** — \(severity): \(rule.summary)",
                rule.explanation,
            ]
            if !rule.options.isEmpty {
                parts.append(
                    rule.options.map { "- `\($0.name)`: \($0.summary)" }.joined(separator: "\n")
                )
            }
            if !rule.switchOff.isEmpty { parts.append("Switch it off: \(rule.switchOff)") }
            return parts.joined(separator: "\n\n")
        case .settings(let rule):
            if !isKey { return nil }
            return Self.keys(ofRule: rule).first { $0.name == word }.map {
                "**\($0.name)** — \($0.summary)"
            }
        case .paths, .severity: return nil
        }
    }

    /// The settings that a rule has.
    static func keys(ofRule name: String) -> [(name: String, summary: String)] {
        [
            ("severity", "error, warning, info or off."),
            ("paths", "Severities for some paths only; the last pattern that matches wins."),
        ] + (lintRule(named: name)?.options.map { ($0.name, $0.summary) } ?? [])
    }
}
