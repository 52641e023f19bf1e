import CatalogModel
import FlowMatching
import TerminalUI
import TraceModel

/// What a row of Topics says about one channel. What several columns need is worked out once, when it is asked for.
struct ChannelView {
    let channel: ChannelNode
    private let facts: SystemFacts

    private lazy var inbound = facts.inbound(ofChannel: channel.name)
    /// The edges to everyone who handles its messages, also behind its routes.
    lazy var receivers = facts.subscribers(of: channel.name)
    lazy var summary = makeSummary()
    lazy var series = facts.rates.series(ofChannel: channel.name)

    init(_ channel: ChannelNode, in facts: SystemFacts) {
        self.channel = channel
        self.facts = facts
    }

    private mutating func makeSummary() -> EdgeSummary {
        let handled = receivers.filter { $0.figures.deliveries > 0 || $0.figures.count > 0 }
        return EdgeSummary(handled.isEmpty ? inbound : handled)
    }

    private var publishing: [FlowEdge] {
        mutating get {
            let publishing = inbound.filter { $0.kind == .publishes }
            return publishing.isEmpty ? inbound : publishing
        }
    }

    /// Who sends: services that publish, else the channels that deliver.
    var senders: [Node] { mutating get { publishing.map(\.ends.from) } }

    private var hasUndocumentedSender: Bool {
        mutating get { publishing.contains { $0.kind == .publishes && $0.difference == .undocumented } }
    }

    /// Whether what is written and what happens differ anywhere around the channel.
    private var hasUndocumentedPartner: Bool {
        mutating get { hasUndocumentedSender || receivers.contains { $0.difference == .undocumented } }
    }

    /// Messages pile up. Dead letters wait for people, and people should know.
    private var lacksConsumer: Bool {
        mutating get { receivers.isEmpty && channel.isDocumented && channel.isObserved }
    }

    /// First seen moments ago.
    var isNew: Bool { mutating get { facts.isNew(.channel(channel.name), firstSeen: summary.firstSeen) } }

    /// What a reader must know before the figures.
    var words: String? {
        // Full ones are news, empty ones are not.
        if facts.deadLetters.isTarget(channel.name) { return channel.isObserved ? "dead letters" : "empty" }
        return channel.isTemporary && channel.difference == .undocumented
            ? "reply queue" : facts.words(for: channel.difference)
    }

    mutating func mark(_ theme: Theme) -> StyledText {
        if channel.difference?.lacksDefinition == true { return StyledText("?", theme.warning) }
        return isFaulty ? StyledText("!", theme.warning) : ""
    }

    /// Whether someone should look.
    var isFaulty: Bool {
        mutating get {
            channel.difference?.lacksDefinition == true || summary.isAlarming || lacksConsumer || hasUndocumentedPartner
        }
    }

    /// Why someone should look, in a clause each; what is not in the catalog says so itself.
    var reasons: [String] {
        mutating get {
            let errors = summary.isAlarming ? summary.errorShare.map { "\(FigureText.percent($0)) errors" } : nil
            guard channel.isDocumented else { return [errors].compactMap(\.self) }
            let senders = publishing.filter { $0.kind == .publishes && $0.difference == .undocumented }
                .map { "\($0.from) publishes" }
            let takers = receivers.filter { $0.difference == .undocumented }.map { "\($0.to) subscribes" }
            return [errors, lacksConsumer ? "no consumer" : nil, .undocumented(senders + takers)].compactMap(\.self)
        }
    }

    mutating func name(_ model: DashboardModel) -> StyledText {
        let theme = model.settings.theme
        let words = words.map { StyledText(" \($0)", channel.isDocumented ? theme.dim : theme.warning) } ?? ""
        return StyledText(channel.name) + (isNew ? StyledText(" new", theme.fresh) : "") + words
            + .title(channel.title, behind: channel.name, model.settings)
    }

    mutating func publishers(_ model: DashboardModel) -> StyledText {
        let glyphs = model.settings.glyphs
        let people = publishing.map { edge in
            let from = edge.ends.from
            return Person(
                name: from.isChannel ? "\(glyphs.topic) \(from.name)" : from.name,
                isUndocumented: edge.kind == .publishes && edge.difference == .undocumented)
        }
        guard !people.isEmpty else { return StyledText(glyphs.dash, model.settings.theme.dim) }
        return Self.text(people, model)
    }

    mutating func subscribers(_ model: DashboardModel) -> StyledText {
        guard !receivers.isEmpty else {
            return StyledText("no consumer", lacksConsumer ? model.settings.theme.warning : model.settings.theme.dim)
        }
        return Self.text(
            receivers.map { Person(name: $0.to, isUndocumented: $0.difference == .undocumented) }, model)
    }

    private struct Person {
        var name: String
        var isUndocumented: Bool
    }

    /// `notification +2`, or more names where the screen is wide; a question mark before a single name that is not in
    /// the catalog, and behind several where one of them is not.
    private static func text(_ people: [Person], _ model: DashboardModel) -> StyledText {
        var seen: Set<String> = []
        let people = people.filter { seen.insert($0.name).inserted }
        if model.settings.isPlain {
            return StyledText(
                people.map { $0.name + ($0.isUndocumented ? " (undocumented)" : "") }.joined(separator: ", "))
        }
        let names = people.map(\.name)
        let count = model.size.width >= 160 ? 4 : model.size.width >= 130 ? 2 : 1
        let mark = StyledText("?", model.settings.theme.warning)
        var text = StyledText(names.prefix(count).joined(separator: ", "))
        if names.count > count { text += StyledText(" +\(names.count - count)", model.settings.theme.dim) }
        guard people.contains(where: \.isUndocumented) else { return text }
        return names.count == 1 ? mark + StyledText(" ") + text : text + StyledText(" ") + mark
    }
}
