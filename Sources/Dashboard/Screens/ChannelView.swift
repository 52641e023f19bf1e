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

    init(_ channel: ChannelNode, in facts: SystemFacts) {
        self.channel = channel
        let inbound = facts.inbound(ofChannel: channel.name)
        let publishing = inbound.filter { $0.kind == .publishes }
        senders = (publishing.isEmpty ? inbound : publishing).map(\.ends.from)
        hasUndocumentedSender = publishing.contains { $0.difference == .undocumented }
        receivers = facts.subscribers(of: channel.name)
        let handled = receivers.filter { $0.figures.deliveries > 0 || $0.figures.count > 0 }
        summary = EdgeSummary(handled.isEmpty ? inbound : handled)
    }

    /// Whether what is written and what happens differ anywhere around the channel.
    private var hasUndocumentedPartner: Bool {
        hasUndocumentedSender || receivers.contains { $0.difference == .undocumented }
    }

    /// A dead-letter queue waits for people, not for consumers.
    private var lacksConsumer: Bool { receivers.isEmpty && channel.isDocumented && channel.isObserved }

    /// What a reader must know before the figures.
    var words: String? {
        channel.isTemporary && channel.difference == .undocumented ? "reply queue" : channel.difference?.words
    }

    func mark(_ theme: Theme) -> StyledText {
        if channel.difference == .undocumented { return StyledText("?", theme.warning) }
        return summary.isAlarming || lacksConsumer || hasUndocumentedPartner ? StyledText("!", theme.warning) : ""
    }

    func publishers(_ settings: DashboardSettings) -> StyledText {
        guard let first = senders.first else { return StyledText(settings.glyphs.dash, settings.theme.dim) }
        let icon = first.isChannel ? "\(settings.glyphs.topic) " : ""
        return Self.people(
            icon + first.name, more: senders.count - 1, isUndocumented: hasUndocumentedSender, settings)
    }

    func subscribers(_ settings: DashboardSettings) -> StyledText {
        guard let first = receivers.first else {
            return StyledText("no consumer", lacksConsumer ? settings.theme.warning : settings.theme.dim)
        }
        let names = Set(receivers.map(\.to))
        return Self.people(
            first.to, more: names.count - 1, isUndocumented: receivers.contains { $0.difference == .undocumented },
            settings)
    }

    /// `notification +2`, with a question mark where someone of them is not in the catalog.
    private static func people(
        _ name: String, more: Int, isUndocumented: Bool, _ settings: DashboardSettings
    ) -> StyledText {
        var text = isUndocumented ? StyledText("? ", settings.theme.warning) : StyledText("")
        text += StyledText(name)
        return more > 0 ? text + StyledText(" +\(more)", settings.theme.dim) : text
    }
}
