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
                var finding = markdownText(diagnostic.message)
                for detail in diagnostic.details { finding += "<br>\(markdownText(detail))" }
                text += "| \(diagnostic.severity.rawValue) | \(markdownText(diagnostic.rule)) | \(markdownText(place))"
                text += " | \(finding) |\n"
            }
            text += "\n"
        }
        return text + markdownText(report.summary) + "\n"
    }
}
