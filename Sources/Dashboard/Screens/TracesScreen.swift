import CatalogModel
import OTLPCoding
import SourceDiagnostics
import TerminalText
import TerminalUI
import TraceModel

extension ScreenID {
    static let traces = ScreenID("traces")
}

/// Conversations, newest first: all that happened because of one request, whatever traces it is scattered over.
struct TracesScreen: Screen {
    let id = ScreenID.traces
    let digit = 4
    let title = "Traces"
    let noun = (singular: "conversation", plural: "conversations")
    let summary = "conversations, newest first: all that one request caused, as a waterfall"
    let filterFields = ["channel", "flow", "service", "state"]
    let filterWords = ConversationState.allCases.map(\.rawValue) + ["stopped"]

    func reading(_ glyphs: Glyphs) -> [String] {
        [
            "A conversation is named by its correlation ID, or by its trace where no span carries one.",
            "HOPS: messages that crossed a channel, and calls.   Mark: ! failed, stalled or handled twice   + began just now",
        ]
    }

    /// A conversation, and what the screens say about it.
    struct Row {
        var conversation: Conversation
        var facts: ConversationFacts
    }

    static let table: [Column<Row>] = [
        .text(
            "conversation", "CONVERSATION", "its correlation ID or trace", width: .fit(min: 12, max: 36), priority: 9,
            sortKey: { row, _ in .text(row.conversation.id) }
        ) { row, model in
            let isFresh = model.facts.isFresh(row.conversation)
            return StyledText(row.conversation.id, isFresh ? model.settings.theme.fresh : .plain)
        },
        started,
        Column(
            about: ListColumn(
                id: "age", title: "AGE", help: "how long ago it began", width: .fit(min: 7, max: 8), alignment: .right,
                priority: 1, isSortable: false),
            cell: { row, model in
                StyledText(FigureText.age(of: row.conversation.start, at: model.facts.moment), model.settings.theme.dim)
            }, sortKey: { _, _ in .none }),
        .text(
            "flow", "FLOW", "the business flow that it fits best", width: .fit(min: 12, max: 24), priority: 5,
            sortKey: { row, _ in .words(row.facts.flow) }
        ) { row, model in StyledText(row.facts.flow ?? model.settings.glyphs.dash) },
        .text(
            "services", "SERVICES", "who took part", width: .flexible(min: 8), priority: 2,
            sortKey: { row, _ in .text(row.facts.services.joined(separator: ", ")) }
        ) { row, _ in StyledText(row.facts.services.joined(separator: ", ")) },
        .count("spans", "SPANS", "spans that are known of it", width: 6, priority: 3, isExtra: true) {
            $0.conversation.spans.count
        },
        .count("traces", "TRACES", "traces that it is scattered over", width: 6, priority: 3, isExtra: true) {
            $0.conversation.traces.count
        },
        .count("hops", "HOPS", "messages that crossed a channel, and calls", width: 5, priority: 7) {
            $0.conversation.hops.count
        },
        .duration("duration", "DURATION", "from the first start to the last end", priority: 8) {
            $0.conversation.duration
        },
        .text(
            "state", "STATE", "complete, in progress, stalled, duplicated or failed, and where",
            width: .fit(min: 20, max: 30), priority: 9, sortKey: { row, _ in .text(row.facts.stateText) }
        ) { row, model in StyledText(row.facts.stateText, style(of: row.facts.state, model.settings.theme)) },
    ]

    private static let started = Column<Row>(
        about: ListColumn(
            id: "started", title: "STARTED", help: "when its first span began", width: .fit(min: 8, max: 11),
            priority: 6, sortsDescending: true),
        cell: { row, model in
            StyledText(
                FigureText.moment(
                    row.conversation.start, at: model.facts.now, secondsFromUTC: model.settings.secondsFromUTC))
        },
        sortKey: { row, _ in .number(Double(row.conversation.start)) })

    var columns: [ListColumn] { Self.table.map(\.about) }

    let actions = [
        Action(
            "open", keys: "<Enter>", group: .look, in: .contexts([.list(.traces)]),
            help: "the conversation as a waterfall", hint: "open",
            unless: { $0.list.rowCount == 0 && $0.soughtConversation == nil ? "no conversation is selected" : nil }
        ) { $0.openConversation() }
    ]

    /// A moment of another day takes its whole text: without the time of day it would say nothing.
    func width(ofColumn index: Int, in model: DashboardModel) -> TableView.Width {
        let column = columns[index]
        guard column.id == Self.started.about.id, let oldest = model.facts.snapshot.conversations.last else {
            return column.width
        }
        let text = FigureText.moment(
            oldest.start, at: model.facts.now, secondsFromUTC: model.settings.secondsFromUTC)
        return .fit(min: text.utf8.count, max: 11)
    }

    func itemCount(in facts: SystemFacts) -> Int { facts.snapshot.conversations.count }

    func key(of item: Int, in facts: SystemFacts) -> String { facts.snapshot.conversations[item].id }

    private func row(_ item: Int, _ facts: SystemFacts) -> Row {
        Row(conversation: facts.snapshot.conversations[item], facts: facts.conversations[item])
    }

    func row(of item: Int, columns: [Int], in model: DashboardModel) -> TableView.Row {
        var row = row(item, model.facts)
        return TableView.Row(
            columns.map { Self.table[$0].cell(&row, model) }, marker: marker(of: row, model))
    }

    /// A fault comes first: it stays, while being new passes.
    private func marker(of row: Row, _ model: DashboardModel) -> StyledText {
        let theme = model.settings.theme
        let mark = Self.mark(row.facts.state, theme)
        guard mark.runs.isEmpty, model.facts.isFresh(row.conversation) else { return mark }
        return StyledText("+", theme.fresh)
    }

    func sortKey(of item: Int, column: Int, in facts: SystemFacts) -> SortKey {
        var row = row(item, facts)
        return Self.table[column].sortKey(&row, facts)
    }

    func isFaulty(_ item: Int, in facts: SystemFacts) -> Bool {
        switch facts.conversations[item].state {
        case .failed, .stalled, .duplicated: true
        case .complete, .inProgress: false
        }
    }

    static func mark(_ state: ConversationState, _ theme: Theme) -> StyledText {
        switch state {
        case .failed, .stalled, .duplicated: StyledText("!", style(of: state, theme))
        case .complete, .inProgress: ""
        }
    }

    static func style(of state: ConversationState, _ theme: Theme) -> Style {
        switch state {
        case .complete: .plain
        case .inProgress: theme.dim
        case .stalled, .duplicated: theme.warning
        case .failed: theme.bad
        }
    }

    func texts(of item: Int, in facts: SystemFacts) -> RowTexts {
        let conversation = facts.snapshot.conversations[item]
        let read = facts.conversations[item]
        return RowTexts(names: [conversation.id]) {
            read.services + [read.flow ?? "", read.stateText] + conversation.traces.map(\.description)
        } values: { field in
            switch field {
            case "service": read.services
            case "channel": Array(read.channels)
            case "flow": [read.flow].compactMap(\.self)
            case "state": [read.stateText]
            case "is": [read.state.rawValue] + (read.isStopped(in: facts.catalog) ? ["stopped"] : [])
            default: nil
            }
        }
    }

    func isPartial(in facts: SystemFacts) -> Bool { facts.snapshot.hasOlderConversations }

    func noMatchText(in model: DashboardModel) -> [String] {
        (model.soughtConversation == nil
            ? [] : ["\(model.key("open")) on the empty list looks for this id in the whole store"])
            + (isPartial(in: model.facts) ? ["\(model.key("earlier")) looks among older ones"] : []) + [
                "\(model.key("clear-filter")) shows the whole list again"
            ]
    }

    func emptyText(in model: DashboardModel) -> [String] { EmptyTexts.conversations(in: model) }

    func copyText(of item: Int, in facts: SystemFacts) -> String { key(of: item, in: facts) }

    func place(of item: Int, in facts: SystemFacts) -> FilePlace? {
        guard let name = facts.conversations[item].flow, let flow = facts.catalog.flow(named: name) else { return nil }
        return FilePlace(path: flow.span.file, line: flow.span.line)
    }

    func diagram(of item: Int, in facts: SystemFacts) -> DiagramFocus { .conversation(id: key(of: item, in: facts)) }
}
