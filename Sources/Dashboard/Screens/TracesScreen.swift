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
    let filterWords = ConversationState.allCases.map(\.rawValue)

    func reading(_ glyphs: Glyphs) -> [String] {
        [
            "A conversation is named by its correlation ID, or by its trace where no span carries one.",
            "HOPS: messages that crossed a channel, and calls.   Mark: ! failed, stalled or handled twice",
        ]
    }

    let columns = [
        ListColumn("CONVERSATION", width: .fit(min: 12, max: 24), priority: 9),
        ListColumn("STARTED", width: .fixed(8), priority: 6, sortsDescending: true),
        ListColumn("AGE", width: .fit(min: 7, max: 8), alignment: .right, priority: 1, isSortable: false),
        ListColumn("FLOW", width: .fit(min: 12, max: 24), priority: 5),
        ListColumn("SERVICES", width: .flexible(min: 8), priority: 2),
        ListColumn("HOPS", width: .fixed(5), alignment: .right, priority: 7, sortsDescending: true),
        ListColumn("DURATION", width: .fixed(9), alignment: .right, priority: 8, sortsDescending: true),
        ListColumn("STATE", width: .fit(min: 20, max: 30), priority: 9),
    ]

    let actions = [
        Action(
            "open", keys: "<Enter>", group: .look, in: .contexts([.list(.traces)]),
            help: "the conversation as a waterfall", hint: "open",
            unless: { $0.list.rowCount == 0 ? "no conversation is selected" : nil }
        ) { $0.openConversation() }
    ]

    func itemCount(in facts: SystemFacts) -> Int { facts.snapshot.conversations.count }

    func key(of item: Int, in facts: SystemFacts) -> String { facts.snapshot.conversations[item].id }

    func row(of item: Int, in model: DashboardModel) -> TableView.Row {
        let theme = model.settings.theme
        let conversation = model.facts.snapshot.conversations[item]
        let facts = model.facts.conversations[item]
        let style = Self.style(of: facts.state, theme)
        return TableView.Row(
            [
                StyledText(conversation.id),
                StyledText(FigureText.clock(conversation.start, secondsFromUTC: model.settings.secondsFromUTC)),
                StyledText(FigureText.age(of: conversation.start, at: model.facts.now), theme.dim),
                StyledText(facts.flow ?? model.settings.glyphs.dash),
                StyledText(facts.services.joined(separator: ", ")),
                StyledText(String(conversation.hops.count)), StyledText(FigureText.duration(conversation.duration)),
                StyledText(facts.stateText, style),
            ], marker: Self.mark(facts.state, theme))
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

    func sortKey(of item: Int, column: Int, in facts: SystemFacts) -> SortKey {
        let conversation = facts.snapshot.conversations[item]
        switch column {
        case 0: return .text(conversation.id)
        case 1: return .number(Double(conversation.start))
        case 3: return facts.conversations[item].flow.map { .text($0) } ?? .none
        case 4: return .text(facts.conversations[item].services.joined(separator: ", "))
        case 5: return .number(Double(conversation.hops.count))
        case 6: return .number(Double(conversation.duration))
        case 7: return .text(facts.conversations[item].stateText)
        default: return .none
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
            case "is": [read.state.rawValue]
            default: nil
            }
        }
    }

    func emptyText(in model: DashboardModel) -> [String] {
        guard model.hasData else { return ["reading the stored spans"] }
        return ["no conversation was seen yet"] + EmptyTexts.spans(in: model)
    }

    func copyText(of item: Int, in facts: SystemFacts) -> String { key(of: item, in: facts) }

    func place(of item: Int, in facts: SystemFacts) -> FilePlace? {
        guard let name = facts.conversations[item].flow, let flow = facts.catalog.flow(named: name) else { return nil }
        return FilePlace(path: flow.span.file, line: flow.span.line)
    }

    func diagram(of item: Int, in facts: SystemFacts) -> DiagramFocus { .conversation(id: key(of: item, in: facts)) }
}
