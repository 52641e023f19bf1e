/// One way to write a report down.
public protocol ReportFormat: Sendable {
    /// What `--format` calls it.
    var name: String { get }
    /// What it is good for, in a line.
    var summary: String { get }

    /// The whole report, ending in a line break.
    func render(_ report: Report) -> String
}

/// Every format, by name. A format is one file and one line here.
public let reportFormats: [any ReportFormat] = [
    CheckstyleReport(),
    GitHubReport(),
    GitLabReport(),
    JSONReport(),
    JUnitReport(),
    MarkdownReport(),
    SARIFReport(),
    TextReport(),
]

/// The format of that name; nil where there is none.
public func reportFormat(named name: String) -> (any ReportFormat)? { reportFormats.first { $0.name == name } }
