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

    let columns = [
        ListColumn("DIFFERENCE", width: .fixed(12), priority: 9),
        ListColumn("WHAT", width: .fit(min: 38, max: 100), priority: 9),
        ListColumn("KIND", width: .fit(min: 7, max: 9), priority: 3),
        ListColumn("SYSTEM", width: .fit(min: 6, max: 14), priority: 4),
        ListColumn("SEEN", width: .fixed(6), alignment: .right, priority: 7, sortsDescending: true),
        ListColumn("LAST SEEN", width: .fixed(10), alignment: .right, priority: 6, sortsDescending: true),
    ]

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

    func row(of item: Int, in model: DashboardModel) -> TableView.Row {
        let theme = model.settings.theme
        let drift = model.facts.drift[item]
        let isNew = drift.difference == .undocumented
        let figures = drift.figures
        return TableView.Row(
            [
                StyledText(drift.difference.words, isNew ? theme.warning : theme.dim), StyledText(drift.sentence),
                StyledText(drift.noun), StyledText(drift.system),
                figures.count > 0
                    ? StyledText(FigureText.count(figures.count))
                    : StyledText(model.settings.glyphs.dash, theme.dim),
                figures.lastSeen > 0
                    ? StyledText(FigureText.age(of: figures.lastSeen, at: model.facts.now))
                    : StyledText(isNew ? model.settings.glyphs.dash : "never", theme.dim),
            ], marker: isNew ? StyledText("?", theme.warning) : "")
    }

    func sortKey(of item: Int, column: Int, in facts: SystemFacts) -> SortKey {
        let drift = facts.drift[item]
        switch column {
        case 0: return .text(drift.difference.words)
        case 1: return .text(drift.sentence)
        case 2: return .text(drift.noun)
        case 3: return .text(drift.system)
        case 4: return .number(Double(drift.figures.count))
        case 5: return drift.figures.lastSeen > 0 ? .number(Double(drift.figures.lastSeen)) : .none
        default: return .none
        }
    }

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
