/// Checkstyle XML, which most CI servers and review bots read.
public struct CheckstyleReport: ReportFormat {
    public let name = "checkstyle"
    public let summary = "Checkstyle XML, for CI servers and review bots"

    public init() {}

    public func render(_ report: Report) -> String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n"
        for (file, diagnostics) in Self.grouped(report.diagnostics) {
            text += "  <file name=\"\(xmlEscaped(file))\">\n"
            for diagnostic in diagnostics {
                let message = ([diagnostic.message] + diagnostic.details).joined(separator: "\n")
                text += "    <error line=\"\(diagnostic.span?.line ?? 1)\" column=\"\(diagnostic.span?.column ?? 1)\""
                text += " severity=\"\(diagnostic.severity.rawValue)\" message=\"\(xmlEscaped(message))\""
                text += " source=\"flowglass.\(xmlEscaped(diagnostic.rule))\"/>\n"
            }
            text += "  </file>\n"
        }
        return text + "</checkstyle>\n"
    }

    /// Findings by file, files in the order of their first finding.
    private static func grouped(_ diagnostics: [Diagnostic]) -> [(String, [Diagnostic])] {
        var groups: [(String, [Diagnostic])] = []
        var indexes: [String: Int] = [:]
        for diagnostic in diagnostics {
            let file = diagnostic.span?.file ?? ""
            if let index = indexes[file] {
                groups[index].1.append(diagnostic)
            } else {
                indexes[file] = groups.count
                groups.append((file, [diagnostic]))
            }
        }
        return groups
    }
}
