/// SARIF 2.1.0, the interchange format of static analysis: code scanning on GitHub and Azure, IDE viewers.
///
/// Columns are Unicode scalars, which the run declares (`columnKind: unicodeCodePoints`).
/// Source: OASIS Static Analysis Results Interchange Format 2.1.0.
public struct SARIFReport: ReportFormat {
    public let name = "sarif"
    public let summary = "SARIF 2.1.0, for code scanning"

    public init() {}

    public func render(_ report: Report) -> String {
        let names = Set(report.diagnostics.map(\.rule)).sorted()
        let known = Dictionary(report.rules.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let indexes = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        var fingerprints = Fingerprints()
        let results = report.diagnostics.map { diagnostic in
            Self.result(
                diagnostic, ruleIndex: indexes[diagnostic.rule] ?? 0, fingerprint: fingerprints.next(for: diagnostic))
        }
        let driver: JSONValue = [
            "name": "flowglass",
            "version": .string(report.toolVersion),
            "rules": .array(names.map { Self.rule($0, known[$0]) }),
        ]
        let value: JSONValue = [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [["tool": ["driver": driver], "columnKind": "unicodeCodePoints", "results": .array(results)]],
        ]
        return value.text() + "\n"
    }

    private static func rule(_ name: String, _ summary: RuleSummary?) -> JSONValue {
        var members: [(String, JSONValue)] = [("id", .string(name))]
        if let summary {
            members.append(("shortDescription", ["text": .string(summary.summary)]))
            if !summary.explanation.isEmpty {
                members.append(("fullDescription", ["text": .string(summary.explanation)]))
            }
            members.append(("defaultConfiguration", ["level": .string(level(summary.severity))]))
        }
        members.append(("help", ["text": .string("flowglass explain \(name)")]))
        return .object(members)
    }

    private static func result(_ diagnostic: Diagnostic, ruleIndex: Int, fingerprint: String) -> JSONValue {
        let text = ([diagnostic.message] + diagnostic.details).joined(separator: "\n")
        var members: [(String, JSONValue)] = [
            ("ruleId", .string(diagnostic.rule)),
            ("ruleIndex", .number(ruleIndex)),
            ("level", .string(level(diagnostic.severity))),
            ("message", ["text": .string(text)]),
            ("locations", .array(diagnostic.span.map { [location($0, diagnostic.label)] } ?? [])),
        ]
        if !diagnostic.related.isEmpty {
            members.append(("relatedLocations", .array(diagnostic.related.map { location($0.span, $0.label) })))
        }
        members.append(("partialFingerprints", ["flowglass/v1": .string(fingerprint)]))
        if let fix = diagnostic.fix { members.append(("fixes", [Self.fix(fix)])) }
        return .object(members)
    }

    private static func fix(_ fix: Fix) -> JSONValue {
        let files = Set(fix.edits.map(\.span.file)).sorted()
        let changes = files.map { file -> JSONValue in
            let replacements = fix.edits.filter { $0.span.file == file }.map { edit -> JSONValue in
                ["deletedRegion": region(edit.span), "insertedContent": ["text": .string(edit.replacement)]]
            }
            return ["artifactLocation": ["uri": .string(percentEncoded(file))], "replacements": .array(replacements)]
        }
        return ["description": ["text": .string(fix.title)], "artifactChanges": .array(changes)]
    }

    private static func location(_ span: SourceSpan, _ label: String) -> JSONValue {
        var members: [(String, JSONValue)] = [
            (
                "physicalLocation",
                [
                    "artifactLocation": ["uri": .string(percentEncoded(span.file))],
                    "region": region(span),
                ]
            )
        ]
        if !label.isEmpty { members.append(("message", ["text": .string(label)])) }
        return .object(members)
    }

    private static func region(_ span: SourceSpan) -> JSONValue {
        [
            "startLine": .number(max(span.line, 1)),
            "startColumn": .number(max(span.column, 1)),
            "endLine": .number(max(span.endLine, span.line, 1)),
            "endColumn": .number(max(span.endColumn, 1)),
        ]
    }

    private static func level(_ severity: Severity) -> String {
        switch severity {
        case .error: "error"
        case .warning: "warning"
        case .info: "note"
        }
    }
}
