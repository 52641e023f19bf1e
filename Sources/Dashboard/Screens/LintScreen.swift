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

    static let table: [Column<Diagnostic>] = [
        .text(
            "severity", "SEVERITY", "error, warning or info", width: .fixed(8), priority: 8,
            sortKey: { row, _ in .number(Double(Severity.allCases.firstIndex(of: row.severity) ?? 0)) }
        ) { row, model in StyledText(row.severity.rawValue, style(of: row.severity, model.settings.theme)) },
        .text(
            "finding", "FINDING", "what is wrong", width: .flexible(min: 40, weight: 2), priority: 9,
            sortKey: { row, _ in .text(row.message) }
        ) { row, _ in StyledText(row.message) },
        .text(
            "rule", "RULE", "the rule that says so", width: .fit(min: 8, max: 30), priority: 4,
            sortKey: { row, _ in .text(row.rule) }
        ) { row, model in StyledText(row.rule, model.settings.theme.dim) },
        .text(
            "place", "PLACE", "file and line", width: .fit(min: 10, max: 40), priority: 6,
            sortKey: { row, _ in .words(row.span.map { "\($0.file):\($0.line)" }) }
        ) { row, model in StyledText(row.span.map { "\($0.file):\($0.line)" } ?? "", model.settings.theme.dim) },
    ]

    static func style(of severity: Severity, _ theme: Theme) -> Style {
        severity == .error ? theme.bad : severity == .warning ? theme.warning : theme.dim
    }

    var columns: [ListColumn] { Self.table.map(\.about) }

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

    func row(of item: Int, columns: [Int], in model: DashboardModel) -> TableView.Row {
        var finding = model.facts.findings.diagnostics[item]
        return TableView.Row(
            columns.map { Self.table[$0].cell(&finding, model) },
            marker: isFaulty(item, in: model.facts)
                ? StyledText("!", Self.style(of: finding.severity, model.settings.theme)) : "")
    }

    func sortKey(of item: Int, column: Int, in facts: SystemFacts) -> SortKey {
        var finding = facts.findings.diagnostics[item]
        return Self.table[column].sortKey(&finding, facts)
    }

    func isFaulty(_ item: Int, in facts: SystemFacts) -> Bool {
        facts.findings.diagnostics[item].severity >= .warning
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
        let path = model.settings.catalogPath
        guard model.facts.hasCatalog else {
            return [
                "there is no catalog at \(path), so there is nothing to check", "`flowglass init` writes a first one",
            ]
        }
        let files = FigureText.counted(model.facts.findings.filesChecked, "file")
        return ["no findings: \(path) is clean (\(files) checked)"]
    }

    func copyText(of item: Int, in facts: SystemFacts) -> String { facts.findings.diagnostics[item].message }

    func place(of item: Int, in facts: SystemFacts) -> FilePlace? {
        facts.findings.diagnostics[item].span.map { FilePlace(path: $0.file, line: $0.line) }
    }

    func paneHeight(of height: Int) -> Int { findingPaneHeight(of: height) }

    func paneTitle(in model: DashboardModel) -> String {
        model.list.selectedItem.map { model.facts.findings.diagnostics[$0].rule } ?? ""
    }

    func renderPane(in model: DashboardModel, into buffer: inout Buffer, area: Rect) {
        guard let item = model.list.selectedItem else { return }
        FindingText(model.facts.findings.diagnostics[item], in: model, width: area.width - 2)
            .render(into: &buffer, in: area, ellipsis: model.settings.glyphs.ellipsis)
    }
}
