/// The findings of one run, with what a format needs to print them.
public struct Report: Sendable {
    /// In the order they are printed.
    public var diagnostics: [Diagnostic]
    /// Where excerpts are cut from; a file that is missing here is named without an excerpt.
    public var sources: [SourceFile]
    public var filesChecked: Int
    /// What the rules mean, for formats that print it beside the findings. May hold more rules than have findings.
    public var rules: [RuleSummary]
    /// The version of the program that prints the report.
    public var toolVersion: String
    /// The command that found all this.
    public var command: String

    public init(
        diagnostics: [Diagnostic], sources: [SourceFile] = [], filesChecked: Int, rules: [RuleSummary] = [],
        toolVersion: String = "0.0.0", command: String = "lint"
    ) {
        self.diagnostics = diagnostics
        self.sources = sources
        self.filesChecked = filesChecked
        self.rules = rules
        self.toolVersion = toolVersion
        self.command = command
    }

    /// How many findings have exactly this severity.
    public func count(of severity: Severity) -> Int { diagnostics.count { $0.severity == severity } }

    /// How many findings come with their fix.
    public var fixable: Int { diagnostics.count { $0.fix != nil } }

    /// How many different files have findings.
    public var filesWithFindings: Int { Set(diagnostics.compactMap { $0.span?.file }).count }

    /// `2 errors, 1 warning in 2 files (48 files checked)`
    public var summary: String {
        let counts = Severity.allCases.compactMap { severity -> String? in
            let count = count(of: severity)
            return count == 0 ? nil : counted(count, severity.rawValue)
        }
        let checked = "(\(counted(filesChecked, "file")) checked)"
        guard !counts.isEmpty else { return "no findings \(checked)" }
        let files = filesWithFindings == 0 ? "" : " in \(counted(filesWithFindings, "file"))"
        return "\(counts.joined(separator: ", "))\(files) \(checked)"
    }
}

/// A rule in one line, for reports that list the rules they speak of.
public struct RuleSummary: Sendable, Equatable {
    public var name: String
    public var severity: Severity
    public var summary: String
    /// Why it matters, in a paragraph.
    public var explanation: String

    public init(name: String, severity: Severity, summary: String, explanation: String = "") {
        self.name = name
        self.severity = severity
        self.summary = summary
        self.explanation = explanation
    }
}

/// `1 file`, `2 files`
public func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(plural ?? noun + "s")"
}
