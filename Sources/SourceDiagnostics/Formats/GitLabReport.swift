/// GitLab's code quality report: an array that merge requests show beside the diff.
///
/// Source: docs.gitlab.com, "Code Quality report format"; it wants description, check_name, fingerprint, severity and
/// location of each finding.
public struct GitLabReport: ReportFormat {
    public let name = "gitlab"
    public let summary = "GitLab's code quality report"

    public init() {}

    public func render(_ report: Report) -> String {
        var fingerprints = Fingerprints()
        let findings = report.diagnostics.map { diagnostic -> JSONValue in
            let severity =
                switch diagnostic.severity {
                case .error: "major"
                case .warning: "minor"
                case .info: "info"
                }
            let span = diagnostic.span
            return [
                "description": .string(diagnostic.message),
                "check_name": .string(diagnostic.rule),
                "fingerprint": .string(fingerprints.next(for: diagnostic)),
                "severity": .string(severity),
                "location": [
                    "path": .string(span?.file ?? ""),
                    "lines": ["begin": .number(span?.line ?? 1), "end": .number(span?.endLine ?? 1)],
                ],
            ]
        }
        return JSONValue.array(findings).text() + "\n"
    }
}
