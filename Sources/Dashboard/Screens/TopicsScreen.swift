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
    let filterWords = ["undocumented", "unobserved", "unconsumed", "failing", "new", "dead-letters", "temporary"]

    func reading(_ glyphs: Glyphs) -> [String] {
        [
            "Mark: ? not defined in the catalog   ! look here: no consumer, errors, unknown partners",
            "LAG p95: 95 of 100 messages wait no longer from publication to handling.   ERR: failed deliveries",
            "In the picture below: \(glyphs.topic) topic   \(glyphs.queue) queue   ? only seen in spans",
        ] + LiveRates.reading
    }

    static let table: [Column<ChannelView>] = [
        .text(
            "channel", "CHANNEL", "its name and title", width: .flexible(min: 27), priority: 9,
            sortKey: { row, _ in .text(row.channel.name) }
        ) { $0.name($1) },
        .text(
            "kind", "KIND", "topic or queue", width: .fixed(7), priority: 2, isExtra: true,
            sortKey: { row, facts in .words(facts.kind(of: row.channel)?.rawValue) }
        ) { row, model in StyledText(model.facts.kind(of: row.channel)?.rawValue ?? model.settings.glyphs.dash) },
        .text(
            "broker", "BROKER", "the messaging system", width: .fit(min: 7, max: 14), priority: 2,
            sortKey: { row, _ in .text(row.channel.system) }
        ) { row, _ in StyledText(row.channel.system) },
        .text(
            "owner", "OWNER", "the team that answers for it", width: .fit(min: 8, max: 18), priority: 3, isExtra: true,
            sortKey: { row, _ in .words(row.channel.owner) }
        ) { row, model in StyledText(row.channel.owner ?? model.settings.glyphs.dash) },
        .text(
            "publishers", "PUBLISHERS", "who publishes to it", width: .fit(min: 10, max: 26), priority: 8,
            sortKey: { row, _ in .words(row.senders.first?.name) }
        ) { $0.publishers($1) },
        .text(
            "subscribers", "SUBSCRIBERS", "who handles its messages, also behind its queues",
            width: .flexible(min: 14), priority: 8,
            sortKey: { row, _ in .words(row.receivers.first?.to) }
        ) { $0.subscribers($1) },
        .picture(
            "last-minute", "LAST MINUTE", "messages of the last minute, a bar for five seconds", width: 12, priority: 1
        ) { LiveRates.picture(of: $0.series, $1.settings) },
        .rate("messages a second", priority: 7) { $0.series },
        .count("messages", "MESSAGES", "messages in the window", priority: 4, isExtra: true) { $0.summary.messages },
        .duration("lag-p50", "LAG p50", "half of the messages wait no longer", priority: 5, isExtra: true) {
            $0.summary.wait(0.5)
        },
        .duration("lag-p95", "LAG p95", "95 of 100 messages wait no longer", width: 8, priority: 6) {
            $0.summary.waitP95
        },
        .duration("lag-p99", "LAG p99", "99 of 100 messages wait no longer", priority: 5, isExtra: true) {
            $0.summary.wait(0.99)
        },
        .duration("work-p50", "WORK p50", "half of the handlings take no longer", priority: 4, isExtra: true) {
            $0.summary.work(0.5)
        },
        .duration("work-p95", "WORK p95", "95 of 100 handlings take no longer", priority: 4, isExtra: true) {
            $0.summary.workP95
        },
        .duration("work-p99", "WORK p99", "99 of 100 handlings take no longer", priority: 4, isExtra: true) {
            $0.summary.work(0.99)
        },
        .count(
            "duplicates", "DUPLICATES", "messages that one group handled twice", width: 10, priority: 4, isExtra: true
        ) { $0.summary.duplicates },
        .errors("the share of deliveries that failed", priority: 3) { $0.summary },
        .lastSeen("when the newest message passed") { $0.summary },
    ]

    var columns: [ListColumn] { Self.table.map(\.about) }

    func itemCount(in facts: SystemFacts) -> Int { facts.channelOrder.count }

    func key(of item: Int, in facts: SystemFacts) -> String { channel(item, facts).name }

    private func channel(_ item: Int, _ facts: SystemFacts) -> ChannelNode {
        facts.graph.channels[facts.channelOrder[item]]
    }

    func row(of item: Int, columns: [Int], in model: DashboardModel) -> TableView.Row {
        var view = ChannelView(channel(item, model.facts), in: model.facts)
        return TableView.Row(
            columns.map { Self.table[$0].cell(&view, model) }, marker: view.mark(model.settings.theme))
    }

    func sortKey(of item: Int, column: Int, in facts: SystemFacts) -> SortKey {
        var view = ChannelView(channel(item, facts), in: facts)
        return Self.table[column].sortKey(&view, facts)
    }

    func isFaulty(_ item: Int, in facts: SystemFacts) -> Bool {
        var view = ChannelView(channel(item, facts), in: facts)
        return view.isFaulty
    }

    func texts(of item: Int, in facts: SystemFacts) -> RowTexts {
        let channel = channel(item, facts)
        return RowTexts(names: [channel.name, channel.title ?? ""]) {
            var view = ChannelView(channel, in: facts)
            return view.senders.map(\.name) + view.receivers.map(\.to) + [channel.system]
        } values: { field in
            switch field {
            case "owner": [channel.owner].compactMap(\.self)
            case "broker": [channel.system]
            case "kind": [facts.kind(of: channel)?.rawValue ?? "unknown"]
            case "publisher": partners(channel, in: facts).senders
            case "subscriber": partners(channel, in: facts).receivers
            case "is": words(channel, in: facts)
            default: nil
            }
        }
    }

    private func partners(_ channel: ChannelNode, in facts: SystemFacts) -> (senders: [String], receivers: [String]) {
        var view = ChannelView(channel, in: facts)
        return (view.senders.map(\.name), view.receivers.map(\.to))
    }

    private func words(_ channel: ChannelNode, in facts: SystemFacts) -> [String] {
        var view = ChannelView(channel, in: facts)
        return [
            channel.difference?.lacksDefinition == true ? "undocumented" : nil,
            channel.difference == .unobserved ? "unobserved" : nil, view.receivers.isEmpty ? "unconsumed" : nil,
            view.summary.isAlarming ? "failing" : nil, view.isNew ? "new" : nil,
            channel.isTemporary ? "temporary" : nil,
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
