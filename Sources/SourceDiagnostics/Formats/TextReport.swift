import TerminalText

/// Code frames for people: headline, place, the line with the span underlined, other places, help, and a summary line.
///
/// ```
/// error[unknown-reference]: 'billing' subscribes to 'order.payed', which is not a topic or a queue
///   --> catalog/services/billing.yaml:12:9
///    |
/// 12 |       - order.payed
///    |         ^^^^^^^^^^^ no such channel
///    |
///  help: did you mean 'order.paid'?
///  more: flowglass explain unknown-reference
///
/// 1 error in 1 file (48 files checked)
/// ```
public struct TextReport: ReportFormat {
    public let name = "text"
    public let summary = "code frames for people, with a summary line"
    /// Whether ANSI colours are used. Nothing but a terminal should get them.
    public var usesColor: Bool
    /// Whether `flowglass explain` knows the rules.
    public var explains: Bool

    public init(usesColor: Bool = false, explains: Bool = true) {
        self.usesColor = usesColor
        self.explains = explains
    }

    public func render(_ report: Report) -> String {
        let files = Dictionary(report.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        var lines: [String: SourceLines] = [:]
        var text = ""
        for diagnostic in report.diagnostics {
            let spans = [diagnostic.span].compactMap(\.self) + diagnostic.related.map(\.span)
            for path in spans.map(\.file) where lines[path] == nil {
                lines[path] = files[path].map(SourceLines.init)
            }
            frame(of: diagnostic, lines: lines, into: &text)
            text += "\n"
        }
        text += report.summary + "\n"
        if report.fixable > 0 { text += "--fix mends \(report.fixable) of them (--diff shows how)\n" }
        return text
    }

    private func frame(of diagnostic: Diagnostic, lines: [String: SourceLines], into text: inout String) {
        let severity = Self.color(of: diagnostic.severity)
        text += paint("\(diagnostic.severity.rawValue)[\(displaySafe(diagnostic.rule))]", severity)
        text += paint(": \(displaySafe(diagnostic.message))", "1") + "\n"

        let numbers = [diagnostic.span?.line].compactMap(\.self) + diagnostic.related.map(\.span.line)
        let gutter = String(numbers.max() ?? 0).count
        if let span = diagnostic.span {
            place(span, arrow: "-->", mark: "^", label: diagnostic.label, color: severity, gutter, lines, &text)
        }
        for related in diagnostic.related {
            place(related.span, arrow: ":::", mark: "-", label: related.label, color: "1;34", gutter, lines, &text)
        }
        for fact in diagnostic.evidence { text += paint(" fact:", "1") + " \(displaySafe(fact))\n" }
        if let help = diagnostic.help { text += paint(" help:", "1;32") + " \(displaySafe(help))\n" }
        if explains { text += paint(" more:", "2") + " flowglass explain \(displaySafe(diagnostic.rule))\n" }
    }

    /// A path with line and column, and below it the line it means.
    private func place(
        _ span: SourceSpan, arrow: String, mark: String, label: String, color: String, _ gutter: Int,
        _ lines: [String: SourceLines], _ text: inout String
    ) {
        let indent = String(repeating: " ", count: gutter)
        let bar = paint("\(indent) |", "1;34")
        text += paint(indent + arrow, "1;34") + " \(displaySafe(span.file)):\(span.line):\(span.column)\n"
        text += bar + "\n"
        if let line = lines[span.file]?.line(span.line) {
            let excerpt = Excerpt(line: line, span: span)
            let number = String(span.line)
            let padding = String(repeating: " ", count: max(0, gutter - number.count))
            text += paint("\(padding)\(number) |", "1;34") + (excerpt.text.isEmpty ? "" : " \(excerpt.text)") + "\n"
            let underline = String(repeating: mark, count: excerpt.length)
            let words = label.isEmpty ? underline : "\(underline) \(displaySafe(label))"
            text += bar + " " + String(repeating: " ", count: excerpt.offset) + paint(words, color) + "\n"
            text += bar + "\n"
        } else if !label.isEmpty {
            text += bar + " " + displaySafe(label) + "\n" + bar + "\n"
        }
    }

    private func paint(_ text: String, _ parameters: String) -> String {
        painted(text, parameters, if: usesColor)
    }

    private static func color(of severity: Severity) -> String {
        switch severity {
        case .error: "1;31"
        case .warning: "1;33"
        case .info: "1;36"
        }
    }
}
