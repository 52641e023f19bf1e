import CatalogModel
import SourceDiagnostics
import TerminalText
import TerminalUI

extension ScreenID {
    static let flows = ScreenID("flows")
}

/// The business flows of the catalog, step by step, with how far live conversations get and where they stop.
struct FlowsScreen: Screen {
    let id = ScreenID.flows
    let digit = 3
    let title = "Flows"
    let noun = (singular: "flow", plural: "flows")
    let summary = "business flows step by step: how far conversations get, and where they stop"
    let filterFields = ["owner", "service", "style"]
    let filterWords = ["failing", "unobserved"]

    func reading(_ glyphs: Glyphs) -> [String] {
        [
            "A conversation belongs to the flow of which most steps happened in it.",
            "SEEN: its conversations.   COMPLETE: those in which every step happened.",
            "In the pane: how many conversations a step happened in, and how many went no further.",
        ]
    }

    let columns = [
        ListColumn("FLOW", width: .fit(min: 20, max: 56), priority: 9),
        ListColumn("STYLE", width: .fit(min: 12, max: 14), priority: 4),
        ListColumn("OWNER", width: .fit(min: 10, max: 18), priority: 2),
        ListColumn("STEPS", width: .fixed(6), alignment: .right, priority: 5, sortsDescending: true),
        ListColumn("SEEN", width: .fixed(6), alignment: .right, priority: 8, sortsDescending: true),
        ListColumn("COMPLETE", width: .fixed(9), alignment: .right, priority: 7, sortsDescending: true),
        ListColumn("FAILED", width: .fixed(7), alignment: .right, priority: 6, sortsDescending: true),
    ]

    let actions = [
        Action(
            "flow-traces", keys: "<Enter> t", group: .look, in: .contexts([.list(.flows)]),
            help: "the conversations of this flow", hint: "traces",
            unless: { $0.list.rowCount == 0 ? "no flow is selected" : nil }
        ) { model in
            guard let item = model.list.selectedItem else { return [] }
            return model.showTraces(filter: "flow:\(model.currentScreen.key(of: item, in: model.facts))")
        }
    ]

    func itemCount(in facts: SystemFacts) -> Int { facts.catalog.flows.count }

    func key(of item: Int, in facts: SystemFacts) -> String { facts.catalog.flows[item].name }

    func row(of item: Int, in model: DashboardModel) -> TableView.Row {
        let theme = model.settings.theme
        let flow = model.facts.catalog.flows[item]
        let progress = model.facts.flows[item]
        return TableView.Row(
            [
                StyledText(flow.name) + StyledText(progress.conversations == 0 ? " not observed" : "", theme.dim)
                    + StyledText(flow.documentation.title.map { "  \($0)" } ?? "", theme.dim),
                StyledText(flow.style?.value.rawValue ?? model.settings.glyphs.dash),
                StyledText(flow.documentation.owner ?? model.settings.glyphs.dash),
                StyledText(String(flow.steps.count)),
                StyledText(FigureText.count(progress.conversations)),
                StyledText(FigureText.count(progress.complete)),
                StyledText(FigureText.count(progress.failed), progress.failed > 0 ? theme.bad : .plain),
            ], marker: progress.failed > 0 ? StyledText("!", theme.bad) : "")
    }

    func sortKey(of item: Int, column: Int, in facts: SystemFacts) -> SortKey {
        let flow = facts.catalog.flows[item]
        switch column {
        case 0: return .text(flow.name)
        case 1: return flow.style.map { .text($0.value.rawValue) } ?? .none
        case 2: return flow.documentation.owner.map { .text($0) } ?? .none
        case 3: return .number(Double(flow.steps.count))
        case 4: return .number(Double(facts.flows[item].conversations))
        case 5: return .number(Double(facts.flows[item].complete))
        case 6: return .number(Double(facts.flows[item].failed))
        default: return .none
        }
    }

    func texts(of item: Int, in facts: SystemFacts) -> RowTexts {
        let flow = facts.catalog.flows[item]
        let progress = facts.flows[item]
        return RowTexts(names: [flow.name, flow.documentation.title ?? ""]) {
            flow.steps.flatMap { [$0.service.value, $0.target.value] }
        } values: { field in
            switch field {
            case "owner": [flow.documentation.owner].compactMap(\.self)
            case "style": [flow.style?.value.rawValue].compactMap(\.self)
            case "service": flow.steps.map(\.service.value)
            case "is": (progress.failed > 0 ? ["failing"] : []) + (progress.conversations == 0 ? ["unobserved"] : [])
            default: nil
            }
        }
    }

    func emptyText(in model: DashboardModel) -> [String] {
        guard model.hasData else { return ["reading the catalog"] }
        return [
            "no flow is documented yet", "a `flows:` entry in the catalog names the steps of a business flow:",
            "  flows:", "    booking:", "      steps:", "        - order publishes order.completed",
            "        - inventory handles inventory-orders",
        ]
    }

    func copyText(of item: Int, in facts: SystemFacts) -> String { key(of: item, in: facts) }

    func place(of item: Int, in facts: SystemFacts) -> FilePlace? {
        let span = facts.catalog.flows[item].span
        return FilePlace(path: span.file, line: span.line)
    }

    func diagram(of item: Int, in facts: SystemFacts) -> DiagramFocus { .flow(key(of: item, in: facts)) }

    func paneHeight(of height: Int) -> Int { height < 12 ? 0 : min(24, height * 3 / 5) }

    func paneTitle(in model: DashboardModel) -> String {
        model.list.selectedItem.map { key(of: $0, in: model.facts) } ?? ""
    }

    func renderPane(in model: DashboardModel, into buffer: inout Buffer, area: Rect) {
        guard let item = model.list.selectedItem else { return }
        FlowSteps(flow: model.facts.catalog.flows[item], progress: model.facts.flows[item], settings: model.settings)
            .render(into: &buffer, in: area.inset(columns: 1))
    }
}
