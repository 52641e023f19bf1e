import CatalogModel
import SourceDiagnostics

/// An example of a rule: the catalog without its marks, the marks as underlines, and what the rule says to it.
struct MarkedExample {
    /// The catalog as an author would write it.
    var text: String
    /// The same with a line of `^^^` below each marked stretch.
    var underlined: String

    init(_ marked: String) {
        var plain: [String] = []
        var shown: [String] = []
        for line in marked.split(separator: "\n", omittingEmptySubsequences: false) {
            var text = String.UnicodeScalarView()
            var ranges: [Range<Int>] = []
            var start = 0
            for scalar in line.unicodeScalars {
                switch scalar {
                case "⟦": start = text.count
                case "⟧": ranges.append(start..<text.count)
                default: text.append(scalar)
                }
            }
            let underline = underline(below: String(text), marking: ranges)
            plain.append(String(text))
            shown.append(String(text))
            if !underline.isEmpty { shown.append(underline) }
        }
        text = plain.joined(separator: "\n")
        underlined = shown.joined(separator: "\n")
    }

    /// The headlines of the rule's findings, in order.
    func headlines(of rule: any Rule) -> [String] {
        let asked = rule.severity == nil ? "\nlint: { \(rule.name): warning }\n" : ""
        let settings = LintSettings(today: "2026-01-15") { $0 == "runbook.md" || $0 == "schemas/order.json" }
        let loaded = loadCatalog(texts: [(path: "catalog.yaml", text: text + asked)])
        return lint(loaded, settings: settings).filter { $0.rule == rule.name }.map {
            "\($0.severity.rawValue)[\($0.rule)]: \($0.message)"
        }
    }
}
