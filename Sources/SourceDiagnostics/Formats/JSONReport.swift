/// Findings for programs: one object with `findings` and `summary`.
public struct JSONReport: ReportFormat {
    public let name = "json"
    public let summary = "one object with every finding, for programs"

    public init() {}

    public func render(_ report: Report) -> String { value(of: report).text() + "\n" }

    /// The report as a value, for commands that add to it.
    public func value(of report: Report) -> JSONValue {
        [
            "findings": .array(report.diagnostics.map(Self.finding)),
            "summary": [
                "errors": .number(report.count(of: .error)),
                "warnings": .number(report.count(of: .warning)),
                "infos": .number(report.count(of: .info)),
                "filesWithFindings": .number(report.filesWithFindings),
                "filesChecked": .number(report.filesChecked),
            ],
        ]
    }

    private static func finding(_ diagnostic: Diagnostic) -> JSONValue {
        [
            "rule": .string(diagnostic.rule),
            "severity": .string(diagnostic.severity.rawValue),
            "message": .string(diagnostic.message),
            "location": diagnostic.span.map(location) ?? .null,
            "label": .string(diagnostic.label),
            "related": .array(
                diagnostic.related.map { ["location": location($0.span), "label": .string($0.label)] }),
            "help": diagnostic.help.map { .string($0) } ?? .null,
            "evidence": .array(diagnostic.evidence.map { .string($0) }),
            "fix": diagnostic.fix.map(fix) ?? .null,
        ]
    }

    private static func fix(_ fix: Fix) -> JSONValue {
        [
            "title": .string(fix.title),
            "edits": .array(
                fix.edits.map { ["location": location($0.span), "replacement": .string($0.replacement)] }),
        ]
    }

    private static func location(_ span: SourceSpan) -> JSONValue {
        [
            "file": .string(span.file),
            "line": .number(span.line),
            "column": .number(span.column),
            "endLine": .number(span.endLine),
            "endColumn": .number(span.endColumn),
        ]
    }
}
