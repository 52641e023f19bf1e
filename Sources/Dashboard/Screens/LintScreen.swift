import SourceDiagnostics
import TerminalUI

extension ScreenID {
    static let lint = ScreenID("lint")
}

/// What the rules found in the catalog's files, each with its source line.
struct LintScreen: Screen {
    let id = ScreenID.lint
    let digit = 6
    let title = "Lint"
    let noun = (singular: "finding", plural: "findings")
    let summary = "what the rules found in the catalog's files, with the source line"
    let filterFields = ["file", "rule"]
    let filterWords = Severity.allCases.map(\.rawValue)

    let columns = [
        ListColumn("SEVERITY", width: .fixed(8), priority: 8),
        ListColumn("FINDING", width: .flexible(min: 40, weight: 2), priority: 9),
        ListColumn("RULE", width: .fit(min: 8, max: 30), priority: 4),
        ListColumn("PLACE", width: .fit(min: 10, max: 40), priority: 6),
    ]

    let actions = [
        Action(
            "open-finding", keys: "<Enter>", group: .look, in: .contexts([.list(.lint)]),
            help: "the finding's line in $EDITOR", hint: "open in editor",
            unless: { $0.selectedPlace == nil ? "the finding has no place in a file" : nil }
        ) { model in model.selectedPlace.map { [.openEditor(path: $0.path, line: $0.line)] } ?? [] }
    ]

    func badge(in facts: SystemFacts) -> Int? { facts.findings.diagnostics.count }

    func itemCount(in facts: SystemFacts) -> Int { facts.findings.diagnostics.count }

    func key(of item: Int, in facts: SystemFacts) -> String {
        let finding = facts.findings.diagnostics[item]
        return "\(finding.rule) \(finding.message) \(finding.span?.file ?? "") \(finding.span?.line ?? 0)"
    }

    func row(of item: Int, in model: DashboardModel) -> TableView.Row {
        let theme = model.settings.theme
        let finding = model.facts.findings.diagnostics[item]
        let style = finding.severity == .error ? theme.bad : finding.severity == .warning ? theme.warning : theme.dim
        return TableView.Row(
            [
                StyledText(finding.severity.rawValue, style), StyledText(finding.message),
                StyledText(finding.rule, theme.dim),
                StyledText(finding.span.map { "\($0.file):\($0.line)" } ?? "", theme.dim),
            ], marker: finding.severity == .error ? StyledText("!", style) : "")
    }

    func sortKey(of item: Int, column: Int, in facts: SystemFacts) -> SortKey {
        let finding = facts.findings.diagnostics[item]
        switch column {
        case 0: return .number(Double(Severity.allCases.firstIndex(of: finding.severity) ?? 0))
        case 1: return .text(finding.message)
        case 2: return .text(finding.rule)
        case 3: return finding.span.map { .text("\($0.file):\($0.line)") } ?? .none
        default: return .none
        }
    }

    func texts(of item: Int, in facts: SystemFacts) -> RowTexts {
        let finding = facts.findings.diagnostics[item]
        return RowTexts(names: [finding.message, finding.rule]) {
            [finding.span?.file].compactMap(\.self)
        } values: { field in
            switch field {
            case "file": [finding.span?.file].compactMap(\.self)
            case "rule": [finding.rule]
            case "is": [finding.severity.rawValue]
            default: nil
            }
        }
    }

    func emptyText(in model: DashboardModel) -> [String] {
        guard let path = model.settings.catalogPath else {
            return ["no catalog was given, so there is nothing to check", "`flowglass init` writes a first one"]
        }
        let files = FigureText.counted(model.facts.findings.filesChecked, "file")
        return ["no findings: \(path) is clean (\(files) checked)"]
    }

    func copyText(of item: Int, in facts: SystemFacts) -> String { facts.findings.diagnostics[item].message }

    func place(of item: Int, in facts: SystemFacts) -> FilePlace? {
        facts.findings.diagnostics[item].span.map { FilePlace(path: $0.file, line: $0.line) }
    }

    func paneHeight(of height: Int) -> Int { height < 14 ? 0 : max(9, height / 2) }

    func paneTitle(in model: DashboardModel) -> String {
        model.list.selectedItem.map { model.facts.findings.diagnostics[$0].rule } ?? ""
    }

    func renderPane(in model: DashboardModel, into buffer: inout Buffer, area: Rect) {
        guard let item = model.list.selectedItem else { return }
        let findings = model.facts.findings
        let report = Report(
            diagnostics: [findings.diagnostics[item]], sources: findings.sources, filesChecked: findings.filesChecked)
        // The report ends with its summary, which is not about this finding.
        let frame = TextReport().render(report).split(separator: "\n", omittingEmptySubsequences: false).dropLast(3)
        let headline = wrapped(frame.first.map(String.init) ?? "", to: area.width - 2)
        let lines =
            headline.map { StyledText($0, model.settings.theme.heading) }
            + frame.dropFirst().map { StyledText(String($0)) }
        for (row, line) in lines.prefix(area.height).enumerated() {
            buffer.writeLine(line, in: area.inset(columns: 1), row: row, ellipsis: model.settings.glyphs.ellipsis)
        }
    }
}
