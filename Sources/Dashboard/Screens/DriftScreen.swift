import CatalogModel
import FlowMatching
import SourceDiagnostics
import TerminalText
import TerminalUI
import TraceModel

extension ScreenID {
    static let drift = ScreenID("drift")
}

/// Where the catalog and the spans differ, each with what to do about it.
struct DriftScreen: Screen {
    let id = ScreenID.drift
    let digit = 5
    let title = "Drift"
    let noun = (singular: "difference", plural: "differences")
    let summary = "where the catalog and the spans differ, and what to do about it"
    let filterFields = ["broker", "kind"]
    let filterWords = ["undocumented", "unobserved"]

    func reading(_ glyphs: Glyphs) -> [String] {
        [
            "undocumented: spans show it and the catalog does not say it.",
            "not observed: the catalog says it and no span shows it - evidence, not proof: it may be rare or sampled out.",
        ]
    }

    static let table: [Column<DriftItem>] = [
        .text(
            "difference", "DIFFERENCE", "undocumented, or not observed", width: .fixed(12), priority: 9,
            sortKey: { row, _ in .text(row.difference.words) }
        ) { row, model in
            let theme = model.settings.theme
            return StyledText(row.difference.words, row.difference == .undocumented ? theme.warning : theme.dim)
        },
        .text(
            "what", "WHAT", "who does what", width: .fit(min: 38, max: 100), priority: 9,
            sortKey: { row, _ in .text(row.sentence) }
        ) { row, _ in StyledText(row.sentence) },
        .text(
            "kind", "KIND", "what kind of edge it is, or a channel or service", width: .fit(min: 7, max: 9),
            priority: 3, sortKey: { row, _ in .text(row.noun) }
        ) { row, _ in StyledText(row.noun) },
        .text(
            "system", "SYSTEM", "the messaging system or protocol", width: .fit(min: 6, max: 14), priority: 4,
            sortKey: { row, _ in .text(row.system) }
        ) { row, _ in StyledText(row.system) },
        .figure(
            "seen", "SEEN", "how often, in the window", width: 6, priority: 7,
            sortKey: { row, _ in .number(Double(row.figures.count)) }
        ) { row, model in
            row.figures.count > 0
                ? StyledText(FigureText.count(row.figures.count))
                : StyledText(model.settings.glyphs.dash, model.settings.theme.dim)
        },
        .figure(
            "since", "SINCE", "when it was first seen, as far as the window goes", width: 9, priority: 2,
            sortKey: { row, _ in .amount(row.figures.firstSeen == 0 ? nil : Double(row.figures.firstSeen)) }
        ) { row, model in StyledText(FigureText.ageOrDash(of: row.figures.firstSeen, model)) },
        .figure(
            "last-seen", "LAST SEEN", "when it was last seen", width: 10, priority: 6,
            sortKey: { row, _ in .amount(row.figures.lastSeen == 0 ? nil : Double(row.figures.lastSeen)) }
        ) { row, model in
            if row.figures.lastSeen > 0 || row.difference == .undocumented {
                return StyledText(FigureText.ageOrDash(of: row.figures.lastSeen, model))
            }
            return StyledText("never", model.settings.theme.dim)
        },
    ]

    var columns: [ListColumn] { Self.table.map(\.about) }

    let actions = [
        Action(
            "go-there", keys: "<Enter>", group: .look, in: .contexts([.list(.drift)]),
            help: "the channel or service on its own screen", hint: "go there",
            unless: { $0.list.rowCount == 0 ? "nothing is selected" : nil }
        ) { model in model.list.selectedItem.map { model.show(model.facts.drift[$0].node) } ?? [] },
        Action(
            "drift-traces", keys: "t", group: .look, in: .contexts([.list(.drift)]),
            help: "the conversations that passed there", hint: "traces",
            unless: { model in
                guard let item = model.list.selectedItem else { return "nothing is selected" }
                return model.facts.drift[item].difference == .unobserved ? "no span shows it" : nil
            }
        ) { model in
            guard let item = model.list.selectedItem else { return [] }
            let node = model.facts.drift[item].node
            return model.showTraces(filter: node.isChannel ? "channel:\(node.name)" : "service:\(node.name)")
        },
    ]

    func badge(in facts: SystemFacts) -> Int? { facts.drift.count { $0.difference == .undocumented } }

    func itemCount(in facts: SystemFacts) -> Int { facts.drift.count }

    func key(of item: Int, in facts: SystemFacts) -> String { facts.drift[item].key }

    func row(of item: Int, columns: [Int], in model: DashboardModel) -> TableView.Row {
        var drift = model.facts.drift[item]
        return TableView.Row(
            columns.map { Self.table[$0].cell(&drift, model) },
            marker: drift.difference == .undocumented ? StyledText("?", model.settings.theme.warning) : "")
    }

    func sortKey(of item: Int, column: Int, in facts: SystemFacts) -> SortKey {
        var drift = facts.drift[item]
        return Self.table[column].sortKey(&drift, facts)
    }

    func isFaulty(_ item: Int, in facts: SystemFacts) -> Bool { facts.drift[item].difference == .undocumented }

    func texts(of item: Int, in facts: SystemFacts) -> RowTexts {
        let drift = facts.drift[item]
        return RowTexts(names: [drift.sentence]) {
            [drift.noun, drift.system]
        } values: { field in
            switch field {
            case "broker": [drift.system]
            case "kind": [drift.noun]
            case "is": [drift.difference == .undocumented ? "undocumented" : "unobserved"]
            default: nil
            }
        }
    }

    func emptyText(in model: DashboardModel) -> [String] {
        guard model.hasData else { return ["comparing the catalog with the spans"] }
        return ["the catalog and the spans agree: everything documented was observed, and nothing else"]
    }

    func copyText(of item: Int, in facts: SystemFacts) -> String { facts.drift[item].sentence }

    func place(of item: Int, in facts: SystemFacts) -> FilePlace? {
        facts.drift[item].place(in: facts.catalog).map { FilePlace(path: $0.file, line: $0.line) }
    }

    func diagram(of item: Int, in facts: SystemFacts) -> DiagramFocus { .node(facts.drift[item].node) }

    func paneHeight(of height: Int) -> Int { height < 12 ? 0 : 6 }
    func paneTitle(in model: DashboardModel) -> String {
        model.list.selectedItem.map { model.facts.drift[$0].sentence } ?? ""
    }

    func renderPane(in model: DashboardModel, into buffer: inout Buffer, area: Rect) {
        guard let item = model.list.selectedItem else { return }
        let lines = DriftAdvice(model.facts.drift[item], in: model.facts, model.settings, width: area.width - 2).lines
        for (row, line) in lines.prefix(area.height).enumerated() {
            buffer.writeLine(line, in: area.inset(columns: 1), row: row, ellipsis: model.settings.glyphs.ellipsis)
        }
    }
}
