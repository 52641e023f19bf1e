import SourceDiagnostics
import TerminalUI

/// A finding in full, as its report on a terminal has it: the headline, the lines of its file, evidence, help.
struct FindingText {
    let lines: [StyledText]

    /// - Parameter evidenceFirst: The facts and the help stand above the lines of the file: there where a finding is
    ///   about what happened, and the room may not do for everything.
    init(_ finding: Diagnostic, in model: DashboardModel, width: Int, evidenceFirst: Bool = false) {
        let findings = model.facts.findings
        var framed = finding
        var facts: [StyledText] = []
        if evidenceFirst {
            facts = finding.evidence.flatMap { Self.detail("fact", $0, width, model) }
            facts += finding.help.map { Self.detail("help", $0, width, model) } ?? []
            (framed.evidence, framed.help) = ([], nil)
        }
        let report = Report(
            diagnostics: [framed], sources: findings.sources, filesChecked: findings.filesChecked)
        // The report ends with its summary, which is not about this finding.
        let frame = TextReport().render(report).split(separator: "\n", omittingEmptySubsequences: false).dropLast(3)
        let headline = wrapped(frame.first.map(String.init) ?? "", to: width)
        lines =
            headline.map { StyledText($0, model.settings.theme.heading) } + facts
            + frame.dropFirst().map { StyledText(String($0)) }
    }

    func render(into buffer: inout Buffer, in area: Rect, ellipsis: String) {
        for (row, line) in lines.prefix(area.height).enumerated() {
            buffer.writeLine(line, in: area.inset(columns: 1), row: row, ellipsis: ellipsis)
        }
    }

    private static func detail(_ word: String, _ text: String, _ width: Int, _ model: DashboardModel) -> [StyledText] {
        wrapped(text, to: width - 6).enumerated().map { number, line in
            StyledText(number == 0 ? "\(word)  " : "      ", model.settings.theme.dim) + StyledText(line)
        }
    }
}
