import FlowMatching
import TerminalUI
import TraceModel

/// What a row of Topics says about one channel.
struct ChannelView {
    let channel: ChannelNode
    /// Who sends: services that publish, else the channels that deliver.
    let senders: [Node]
    /// The edges to everyone who handles its messages, also behind its routes.
    let receivers: [FlowEdge]
    let summary: EdgeSummary
    private let hasUndocumentedSender: Bool
    private let isDeadLetters: Bool
    private let differenceWords: String?

    init(_ channel: ChannelNode, in facts: SystemFacts) {
        self.channel = channel
        let inbound = facts.inbound(ofChannel: channel.name)
        let publishing = inbound.filter { $0.kind == .publishes }
        senders = (publishing.isEmpty ? inbound : publishing).map(\.ends.from)
        hasUndocumentedSender = publishing.contains { $0.difference == .undocumented }
        isDeadLetters = facts.deadLetters.isTarget(channel.name)
        differenceWords = facts.words(for: channel.difference)
        receivers = facts.subscribers(of: channel.name)
        let handled = receivers.filter { $0.figures.deliveries > 0 || $0.figures.count > 0 }
        summary = EdgeSummary(handled.isEmpty ? inbound : handled)
    }

    /// Whether what is written and what happens differ anywhere around the channel.
    private var hasUndocumentedPartner: Bool {
        hasUndocumentedSender || receivers.contains { $0.difference == .undocumented }
    }

    /// Messages pile up. Dead letters wait for people, and people should know.
    private var lacksConsumer: Bool { receivers.isEmpty && channel.isDocumented && channel.isObserved }

    /// What a reader must know before the figures.
    var words: String? {
        // Full ones are news, empty ones are not.
        if isDeadLetters { return channel.isObserved ? "dead letters" : "empty" }
        return channel.isTemporary && channel.difference == .undocumented ? "reply queue" : differenceWords
    }

    func mark(_ theme: Theme) -> StyledText {
        if channel.difference == .undocumented { return StyledText("?", theme.warning) }
        return summary.isAlarming || lacksConsumer || hasUndocumentedPartner ? StyledText("!", theme.warning) : ""
    }

    func publishers(_ model: DashboardModel) -> StyledText {
        let glyphs = model.settings.glyphs
        let names = senders.map { $0.isChannel ? "\(glyphs.topic) \($0.name)" : $0.name }
        guard !names.isEmpty else { return StyledText(glyphs.dash, model.settings.theme.dim) }
        return Self.people(names, isUndocumented: hasUndocumentedSender, model)
    }

    func subscribers(_ model: DashboardModel) -> StyledText {
        guard !receivers.isEmpty else {
            return StyledText("no consumer", lacksConsumer ? model.settings.theme.warning : model.settings.theme.dim)
        }
        var seen: Set<String> = []
        let names = receivers.map(\.to).filter { seen.insert($0).inserted }
        return Self.people(names, isUndocumented: receivers.contains { $0.difference == .undocumented }, model)
    }

    /// `notification +2`, or more names where the screen is wide; a question mark before a single name that is not in
    /// the catalog, and behind several where one of them is not.
    private static func people(_ names: [String], isUndocumented: Bool, _ model: DashboardModel) -> StyledText {
        let count = model.size.width >= 160 ? 4 : model.size.width >= 130 ? 2 : 1
        let mark = StyledText("?", model.settings.theme.warning)
        var text = StyledText(names.prefix(count).joined(separator: ", "))
        if names.count > count { text += StyledText(" +\(names.count - count)", model.settings.theme.dim) }
        guard isUndocumented else { return text }
        return names.count == 1 ? mark + StyledText(" ") + text : text + StyledText(" ") + mark
    }
}
