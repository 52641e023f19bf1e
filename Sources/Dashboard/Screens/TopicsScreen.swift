import CatalogModel
import FlowMatching
import TerminalText
import TerminalUI

extension ScreenID {
    static let topics = ScreenID("topics")
}

/// Every channel, documented or only observed: who publishes, who subscribes, and is that what happens right now?
struct TopicsScreen: Screen {
    let id = ScreenID.topics
    let digit = 1
    let title = "Topics"
    let noun = (singular: "channel", plural: "channels")
    let summary = "every topic and queue: who publishes, who subscribes, how much and how late"
    let filterFields = ["broker", "kind", "owner", "publisher", "subscriber"]
    let filterWords = ["undocumented", "unobserved", "unconsumed", "failing", "dead-letters", "temporary"]

    func reading(_ glyphs: Glyphs) -> [String] {
        [
            "Mark: ? seen in spans but not in the catalog   ! look here: no consumer, errors, unknown partners",
            "LAG p95: 95 of 100 messages wait no longer from publication to handling.   ERR: failed deliveries",
            "In the picture below: \(glyphs.topic) topic   \(glyphs.queue) queue   ? only seen in spans",
        ]
    }

    let columns = [
        ListColumn("CHANNEL", width: .flexible(min: 27), priority: 9),
        ListColumn("BROKER", width: .fit(min: 7, max: 14), priority: 2),
        ListColumn("PUBLISHERS", width: .fit(min: 10, max: 26), priority: 8),
        ListColumn("SUBSCRIBERS", width: .flexible(min: 14), priority: 8),
        ListColumn("LAST MINUTE", width: .fixed(12), priority: 1, isSortable: false),
        ListColumn("RATE/s", width: .fixed(7), alignment: .right, priority: 7, sortsDescending: true),
        ListColumn("LAG p95", width: .fixed(8), alignment: .right, priority: 6, sortsDescending: true),
        ListColumn("ERR", width: .fixed(6), alignment: .right, priority: 3, sortsDescending: true),
    ]

    func itemCount(in facts: SystemFacts) -> Int { facts.channelOrder.count }

    func key(of item: Int, in facts: SystemFacts) -> String { channel(item, facts).name }

    private func channel(_ item: Int, _ facts: SystemFacts) -> ChannelNode {
        facts.graph.channels[facts.channelOrder[item]]
    }

    func row(of item: Int, in model: DashboardModel) -> TableView.Row {
        let facts = model.facts
        let theme = model.settings.theme
        let channel = channel(item, facts)
        let view = ChannelView(channel, in: facts)
        let words = view.words.map { StyledText(" \($0)", channel.isDocumented ? theme.dim : theme.warning) } ?? ""
        let name = StyledText(channel.name) + words + StyledText(channel.title.map { "  \($0)" } ?? "", theme.dim)
        let series = facts.rates.series(ofChannel: channel.name)
        let summary = view.summary
        return TableView.Row(
            [
                name, StyledText(channel.system), view.publishers(model), view.subscribers(model),
                LiveRates.picture(of: series, model.settings),
                StyledText(FigureText.rate(LiveRates.perSecond(series))),
                StyledText(summary.lagText ?? model.settings.glyphs.dash),
                StyledText(summary.errorText ?? model.settings.glyphs.dash, summary.isAlarming ? theme.bad : .plain),
            ], marker: view.mark(theme))
    }

    func sortKey(of item: Int, column: Int, in facts: SystemFacts) -> SortKey {
        let channel = channel(item, facts)
        switch column {
        case 0: return .text(channel.name)
        case 1: return .text(channel.system)
        case 2: return .text(facts.inbound(ofChannel: channel.name).first?.from ?? "\u{10FFFF}")
        case 3: return .text(facts.subscribers(of: channel.name).first?.to ?? "\u{10FFFF}")
        case 5: return .number(LiveRates.perSecond(facts.rates.series(ofChannel: channel.name)))
        case 6: return ChannelView(channel, in: facts).summary.waitP95.map { .number(Double($0)) } ?? .none
        case 7: return ChannelView(channel, in: facts).summary.errorShare.map { .number($0) } ?? .none
        default: return .none
        }
    }

    func texts(of item: Int, in facts: SystemFacts) -> RowTexts {
        let channel = channel(item, facts)
        return RowTexts(names: [channel.name, channel.title ?? ""]) {
            let view = ChannelView(channel, in: facts)
            return view.senders.map(\.name) + view.receivers.map(\.to) + [channel.system]
        } values: { field in
            switch field {
            case "owner": [channel.owner].compactMap(\.self)
            case "broker": [channel.system]
            case "kind": [channel.kind?.rawValue ?? "unknown"]
            case "publisher": ChannelView(channel, in: facts).senders.map(\.name)
            case "subscriber": ChannelView(channel, in: facts).receivers.map(\.to)
            case "is": words(channel, in: facts)
            default: nil
            }
        }
    }

    private func words(_ channel: ChannelNode, in facts: SystemFacts) -> [String] {
        let view = ChannelView(channel, in: facts)
        return [
            channel.difference == .undocumented ? "undocumented" : nil,
            channel.difference == .unobserved ? "unobserved" : nil, view.receivers.isEmpty ? "unconsumed" : nil,
            view.summary.isAlarming ? "failing" : nil, channel.isTemporary ? "temporary" : nil,
            facts.deadLetters.isTarget(channel.name) ? "dead-letters" : nil,
        ].compactMap(\.self)
    }

    func emptyText(in model: DashboardModel) -> [String] { EmptyTexts.system("channel", in: model) }

    func copyText(of item: Int, in facts: SystemFacts) -> String { key(of: item, in: facts) }

    func place(of item: Int, in facts: SystemFacts) -> FilePlace? {
        FilePlace(of: .channel(key(of: item, in: facts)), in: facts.catalog)
    }

    func paneHeight(of height: Int) -> Int { usualPaneHeight(of: height) }
    func paneTitle(in model: DashboardModel) -> String { WalkPane.title(in: model) }

    func renderPane(in model: DashboardModel, into buffer: inout Buffer, area: Rect) {
        WalkPane.render(model, into: &buffer, in: area)
    }

    func paneTarget(in model: DashboardModel, area: Rect, x: Int, y: Int) -> Node? {
        WalkPane.target(model, area, x: x, y: y)
    }
}
