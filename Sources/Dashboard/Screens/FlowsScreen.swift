import CatalogModel
import SourceDiagnostics
import TerminalText
import TerminalUI
import TraceModel

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
            "SEEN: its conversations in the window; where those are too many, of the newest ones, as the frame says.",
            "COMPLETE: every step happened, and nothing failed.   UNFINISHED: came to rest before the last step.",
            "In the pane: how many conversations a step happened in, and how many went no further.",
        ]
    }

    /// A flow of the catalog, and how far its conversations get.
    struct Row {
        var flow: Flow
        var progress: FlowProgress
    }

    static let table: [Column<Row>] = [
        .text(
            "flow", "FLOW", "its name and title", width: .fit(min: 20, max: 56), priority: 9,
            sortKey: { row, _ in .text(row.flow.name) }
        ) { row, model in
            StyledText(row.flow.name)
                + StyledText(row.progress.conversations == 0 ? " not observed" : "", model.settings.theme.dim)
                + .title(row.flow.documentation.title, behind: row.flow.name, model.settings)
        },
        .text(
            "style", "STYLE", "choreography or orchestration", width: .fit(min: 12, max: 14), priority: 4,
            sortKey: { row, _ in .words(row.flow.style?.value.rawValue) }
        ) { row, model in StyledText(row.flow.style?.value.rawValue ?? model.settings.glyphs.dash) },
        .text(
            "owner", "OWNER", "the team that answers for it", width: .fit(min: 10, max: 18), priority: 2,
            sortKey: { row, _ in .words(row.flow.documentation.owner) }
        ) { row, model in StyledText(row.flow.documentation.owner ?? model.settings.glyphs.dash) },
        .count("steps", "STEPS", "how many steps it has", width: 6, priority: 5) { $0.flow.steps.count },
        .count("seen", "SEEN", "conversations that fit it best", width: 6, priority: 8) { $0.progress.conversations },
        .count("under-way", "UNDER WAY", "conversations that are not settled yet", priority: 3) {
            $0.progress.underWay
        },
        .count("complete", "COMPLETE", "those in which every step happened and nothing failed", priority: 7) {
            $0.progress.complete
        },
        .count("unfinished", "UNFINISHED", "those that came to rest before the last step", width: 10, priority: 3) {
            $0.progress.unfinished
        },
        .figure(
            "failed", "FAILED", "those in which something failed", width: 7, priority: 6,
            sortKey: { row, _ in .number(Double(row.progress.failed)) }
        ) { row, model in
            StyledText(
                FigureText.count(row.progress.failed), row.progress.failed > 0 ? model.settings.theme.bad : .plain)
        },
    ]

    var columns: [ListColumn] { Self.table.map(\.about) }

    let actions = [
        Action(
            "flow-traces", keys: "<Enter> t", group: .look, in: .contexts([.list(.flows)]),
            help: "the conversations of this flow", hint: "traces",
            unless: { $0.list.rowCount == 0 ? "no flow is selected" : nil }
        ) { model in
            guard let item = model.list.selectedItem else { return [] }
            return model.showTraces(filter: "flow:\(model.currentScreen.key(of: item, in: model.facts))")
        },
        Action(
            "stopped", keys: "x", group: .look, in: .contexts([.list(.flows)]),
            help: "the conversations of this flow that did not reach its end", hint: "stopped",
            unless: { $0.list.rowCount == 0 ? "no flow is selected" : nil }
        ) { model in
            guard let item = model.list.selectedItem else { return [] }
            let flow = model.currentScreen.key(of: item, in: model.facts)
            return model.showTraces(filter: "flow:\(flow) is:stopped")
        },
    ]

    func itemCount(in facts: SystemFacts) -> Int { facts.catalog.flows.count }

    func key(of item: Int, in facts: SystemFacts) -> String { facts.catalog.flows[item].name }

    private func row(_ item: Int, _ facts: SystemFacts) -> Row {
        Row(flow: facts.catalog.flows[item], progress: facts.flows[item])
    }

    func row(of item: Int, columns: [Int], in model: DashboardModel) -> TableView.Row {
        var row = row(item, model.facts)
        return TableView.Row(
            columns.map { Self.table[$0].cell(&row, model) },
            marker: isFaulty(item, in: model.facts) ? StyledText("!", model.settings.theme.bad) : "")
    }

    func sortKey(of item: Int, column: Int, in facts: SystemFacts) -> SortKey {
        var row = row(item, facts)
        return Self.table[column].sortKey(&row, facts)
    }

    func isFaulty(_ item: Int, in facts: SystemFacts) -> Bool { facts.flows[item].failed > 0 }

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

    /// A window may hold far more conversations than are read a few times a second.
    func figuresText(in model: DashboardModel) -> String? {
        let snapshot = model.facts.snapshot
        guard snapshot.hasOlderConversations, let oldest = snapshot.conversations.last,
            oldest.start > snapshot.windowStart
        else { return nil }
        return "of the newest \(snapshot.conversations.count) conversations, since \(model.momentText(oldest.start))"
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

    func paneHeight(of height: Int) -> Int { height < 9 ? 0 : min(24, height * 3 / 5) }

    func paneTitle(in model: DashboardModel) -> String {
        model.list.selectedItem.map { key(of: $0, in: model.facts) } ?? ""
    }

    func renderPane(in model: DashboardModel, into buffer: inout Buffer, area: Rect) {
        guard let item = model.list.selectedItem else { return }
        FlowSteps(flow: model.facts.catalog.flows[item], progress: model.facts.flows[item], settings: model.settings)
            .render(into: &buffer, in: area.inset(columns: 1))
    }
}
