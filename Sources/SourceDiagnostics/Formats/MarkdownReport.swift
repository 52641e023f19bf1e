/// A Markdown table, for comments on merge requests and for job summaries.
public struct MarkdownReport: ReportFormat {
    public let name = "markdown"
    public let summary = "a table for merge request comments and job summaries"

    public init() {}

    public func render(_ report: Report) -> String {
        var text = ""
        if !report.diagnostics.isEmpty {
            text += "| severity | rule | where | finding |\n| --- | --- | --- | --- |\n"
            for diagnostic in report.diagnostics {
                let place = diagnostic.span.map { "\($0.file):\($0.line):\($0.column)" } ?? ""
                var finding = Self.escaped(diagnostic.message)
                if let help = diagnostic.help { finding += "<br>help: \(Self.escaped(help))" }
                text += "| \(diagnostic.severity.rawValue) | \(Self.escaped(diagnostic.rule)) | \(Self.escaped(place))"
                text += " | \(finding) |\n"
            }
            text += "\n"
        }
        return text + Self.escaped(report.summary) + "\n"
    }

    /// Text that Markdown shows as it is: punctuation that could mean something is coded as an HTML entity.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in safeText(text).unicodeScalars {
            switch scalar {
            case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "&", "#", "~", "$", "@", "!":
                result += "&#\(scalar.value);"
            case "\n": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
