/// GitHub Actions' workflow commands: each finding becomes an annotation on the changed line.
///
/// Source: docs.github.com, "Workflow commands for GitHub Actions"; `%` and LF are escaped in messages, `:` and `,`
/// in properties as well.
public struct GitHubReport: ReportFormat {
    public let name = "github"
    public let summary = "annotations of a GitHub Actions run"

    public init() {}

    public func render(_ report: Report) -> String {
        var text = ""
        for diagnostic in report.diagnostics {
            let command =
                switch diagnostic.severity {
                case .error: "error"
                case .warning: "warning"
                case .info: "notice"
                }
            var properties: [String] = []
            if let span = diagnostic.span {
                properties.append("file=\(Self.escaped(span.file, inProperty: true))")
                properties.append("line=\(span.line)")
                properties.append("endLine=\(max(span.endLine, span.line))")
                properties.append("col=\(span.column)")
                if span.endLine == span.line { properties.append("endColumn=\(span.endColumn)") }
            }
            properties.append("title=\(Self.escaped(diagnostic.rule, inProperty: true))")
            let message = ([diagnostic.message] + diagnostic.details).joined(separator: "\n")
            text += "::\(command) \(properties.joined(separator: ","))::\(Self.escaped(message, inProperty: false))\n"
        }
        return text
    }

    private static func escaped(_ text: String, inProperty: Bool) -> String {
        var result = ""
        for scalar in safeText(text).unicodeScalars {
            switch scalar {
            case "%": result += "%25"
            case "\n": result += "%0A"
            case ":" where inProperty: result += "%3A"
            case "," where inProperty: result += "%2C"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
