import FlowMatching
import SourceDiagnostics
import TerminalUI
import TraceModel

extension ScreenID {
    static let drift = ScreenID("drift")
}

/// What the drift rules found: where the catalog and the spans differ, and what only both together tell.
struct DriftScreen: Screen {
    let id = ScreenID.drift
    let digit = 5
    let title = "Drift"
    let noun = (singular: "finding", plural: "findings")
    let summary = "where the catalog and the spans differ, with the evidence and what to do about it"
    let filterFields = ["channel", "file", "rule", "service"]
    let filterWords = ["undocumented", "unobserved"] + Severity.allCases.map(\.rawValue)

    func reading(_ glyphs: Glyphs) -> [String] {
        [
            "What `flowglass drift` finds over the same window. Mark: ! warning or error.",
            "What was not seen is evidence, not proof: it may be rare or sampled out.",
        ]
    }

    static let table: [Column<DriftFinding>] = [
        .text(
            "severity", "SEVERITY", "error, warning or info", width: .fixed(8), priority: 5,
            sortKey: { row, _ in .number(Double(Severity.allCases.firstIndex(of: row.diagnostic.severity) ?? 0)) }
        ) { row, model in
            let severity = row.diagnostic.severity
            return StyledText(severity.rawValue, LintScreen.style(of: severity, model.settings.theme))
        },
        .text(
            "finding", "FINDING", "what differs", width: .flexible(min: 40, weight: 2), priority: 9,
            sortKey: { row, _ in .text(row.diagnostic.message) }
        ) { row, _ in StyledText(row.diagnostic.message) },
        .text(
            "rule", "RULE", "the rule that says so", width: .fit(min: 8, max: 26), priority: 3,
            sortKey: { row, _ in .text(row.diagnostic.rule) }
        ) { row, model in StyledText(row.diagnostic.rule, model.settings.theme.dim) },
        .figure(
            "seen", "SEEN", "how often, in the window", width: 6, priority: 8,
            sortKey: { row, _ in .number(Double(row.sightings.count)) }
        ) { row, model in
            row.sightings.count > 0
                ? StyledText(FigureText.count(row.sightings.count))
                : StyledText(model.settings.glyphs.dash, model.settings.theme.dim)
        },
        .figure(
            "since", "FIRST IN WINDOW", "when it was first seen in the window: it may be older", width: 15, priority: 4,
            sortKey: { row, _ in .amount(row.sightings.firstSeen == 0 ? nil : Double(row.sightings.firstSeen)) }
        ) { row, model in StyledText(FigureText.ageOrDash(of: row.sightings.firstSeen, model)) },
        .figure(
            "last-seen", "LAST SEEN", "when it was last seen", width: 10, priority: 7,
            sortKey: { row, _ in .amount(row.sightings.lastSeen == 0 ? nil : Double(row.sightings.lastSeen)) }
        ) { row, model in
            if row.isUnobserved { return StyledText("never", model.settings.theme.dim) }
            return StyledText(FigureText.ageOrDash(of: row.sightings.lastSeen, model))
        },
        Column(
            about: ListColumn(
                id: "place", title: "PLACE", help: "file and line", width: .fit(min: 10, max: 40), priority: 2,
                isExtra: true),
            cell: { row, model in
                StyledText(
                    row.diagnostic.span.map { "\($0.file):\($0.line)" } ?? "", model.settings.theme.dim)
            }, sortKey: { row, _ in .words(row.diagnostic.span.map { "\($0.file):\($0.line)" }) }),
    ]

    var columns: [ListColumn] { Self.table.map(\.about) }
    let actions = Self.ownActions

    func badge(in facts: SystemFacts) -> Int? { facts.drift?.findings.count }
    func isKnown(in facts: SystemFacts) -> Bool { facts.drift != nil }

    private func finding(_ item: Int, _ facts: SystemFacts) -> DriftFinding { facts.driftFindings[item] }

    func itemCount(in facts: SystemFacts) -> Int { facts.driftFindings.count }

    func key(of item: Int, in facts: SystemFacts) -> String { finding(item, facts).key }

    func row(of item: Int, columns: [Int], in model: DashboardModel) -> TableView.Row {
        var finding = finding(item, model.facts)
        let style = LintScreen.style(of: finding.diagnostic.severity, model.settings.theme)
        return TableView.Row(
            columns.map { Self.table[$0].cell(&finding, model) },
            marker: finding.diagnostic.severity >= .warning ? StyledText("!", style) : "")
    }

    func sortKey(of item: Int, column: Int, in facts: SystemFacts) -> SortKey {
        var finding = finding(item, facts)
        return Self.table[column].sortKey(&finding, facts)
    }

    func isFaulty(_ item: Int, in facts: SystemFacts) -> Bool { finding(item, facts).diagnostic.severity >= .warning }

    func texts(of item: Int, in facts: SystemFacts) -> RowTexts {
        let finding = finding(item, facts)
        let diagnostic = finding.diagnostic
        return RowTexts(names: [diagnostic.message, diagnostic.rule]) {
            [diagnostic.span?.file].compactMap(\.self)
        } values: { field in
            switch field {
            case "channel": finding.nodes.filter(\.isChannel).map(\.name)
            case "file": [diagnostic.span?.file].compactMap(\.self)
            case "rule": [diagnostic.rule]
            case "service": finding.nodes.filter { !$0.isChannel }.map(\.name)
            case "is":
                [diagnostic.severity.rawValue] + (finding.isUndocumented ? ["undocumented"] : [])
                    + (finding.isUnobserved ? ["unobserved"] : [])
            default: nil
            }
        }
    }

    func emptyText(in model: DashboardModel) -> [String] {
        guard let report = model.facts.drift, model.isDriftCurrent else {
            return ["comparing the catalog with the spans"]
        }
        guard report.hasSpans else {
            return ["no spans in the window: nothing can be compared"]
                + (model.window == .all || model.facts.snapshot.health.spans == 0
                    ? EmptyTexts.spans(in: model) : ["\(model.key("window")) looks further back"])
        }
        return ["the catalog and the spans agree: everything documented was observed, and nothing else"]
    }

    func copyText(of item: Int, in facts: SystemFacts) -> String { finding(item, facts).diagnostic.message }

    func place(of item: Int, in facts: SystemFacts) -> FilePlace? {
        finding(item, facts).diagnostic.span.map { FilePlace(path: $0.file, line: $0.line) }
    }

    func diagram(of item: Int, in facts: SystemFacts) -> DiagramFocus { .node(finding(item, facts).node) }

    func paneHeight(of height: Int) -> Int { findingPaneHeight(of: height) }

    func paneTitle(in model: DashboardModel) -> String {
        guard let item = model.list.selectedItem else { return "" }
        let rule = finding(item, model.facts).diagnostic.rule
        guard model.isDriftCurrent else { return "\(rule), of another stretch of time: comparing" }
        guard let spans = model.facts.drift?.newestSpans else { return rule }
        return "\(rule), from the newest \(FigureText.counted(spans, "span"))"
    }

    func renderPane(in model: DashboardModel, into buffer: inout Buffer, area: Rect) {
        guard let item = model.list.selectedItem else { return }
        FindingText(finding(item, model.facts).diagnostic, in: model, width: area.width - 2, evidenceFirst: true)
            .render(into: &buffer, in: area, ellipsis: model.settings.glyphs.ellipsis)
    }
}
