import CatalogModel
import FlowMatching
import TerminalUI

/// How one neighbour is written: who it is and its figures, at length or in short.
struct NeighbourText {
    /// Who, and what lies beyond.
    var who: StyledText
    var figures: StyledText

    /// How much is said of each neighbour; less where the screen is narrow.
    enum Detail {
        /// Who, what lies beyond, the operation of a call, and all figures.
        case full
        /// Without the operation, and without what a name can be spared for.
        case short
        /// The same, without the word that says whether a time is lag or work.
        case plain
        /// Of the figures only the rate, and lag or work.
        case terse
        /// Those without the word that says which.
        case brief
        /// Only who.
        case bare

        /// What is tried, from the most to the least, for the left and the right side.
        static let steps: [(left: Detail, right: Detail)] = [
            (.full, .full), (.short, .full), (.short, .short), (.short, .plain), (.terse, .plain), (.terse, .terse),
            (.terse, .brief), (.bare, .brief), (.bare, .bare),
        ]
    }

    init(
        _ neighbour: FocusGraph.Neighbour, of centre: Node, on side: Walk.Side, detail: Detail, in facts: SystemFacts,
        _ settings: DashboardSettings
    ) {
        let glyphs = settings.glyphs
        let theme = settings.theme
        // An edge that nobody wrote down may lead to what somebody did: then its line and its words say so.
        let isUndocumented = neighbour.difference == .undocumented && !facts.isDocumented(neighbour.node)
        let name = StyledText(
            (isUndocumented ? "? " : "") + Self.label(neighbour.node, in: facts, glyphs),
            isUndocumented ? theme.warning : .plain)
        let arrow = StyledText(" \(glyphs.arrowRight) ", theme.dim)
        let beyond = Self.beyond(neighbour, isFull: detail == .full, in: facts, glyphs)
        switch (detail, side) {
        case (.full, .left): who = beyond.isEmpty ? name : StyledText(beyond, theme.dim) + arrow + name
        case (.full, .right): who = beyond.isEmpty ? name : name + arrow + StyledText(beyond)
        // Behind a topic's queue, its consumer says more than its name.
        case (_, .right) where !beyond.isEmpty && centre.isChannel:
            who =
                StyledText((isUndocumented ? "? " : "") + Self.icon(neighbour.node, in: facts, glyphs)) + arrow
                + StyledText(beyond, isUndocumented ? theme.warning : .plain)
        case (_, _): who = name
        }
        if detail == .full, !neighbour.note.isEmpty { who += StyledText(" " + neighbour.note, theme.dim) }
        figures = Self.figures(neighbour, isUndocumented: isUndocumented, on: side, detail, settings)
    }

    private static func figures(
        _ neighbour: FocusGraph.Neighbour, isUndocumented: Bool, on side: Walk.Side, _ detail: Detail,
        _ settings: DashboardSettings
    ) -> StyledText {
        guard detail != .bare else { return "" }
        let theme = settings.theme
        guard !neighbour.isDeadLetters else { return StyledText("dead letters", theme.dim) }
        if neighbour.difference == .unobserved {
            // Messages of a queue that lead back to no publisher may have come this way: spans do not say.
            return StyledText(neighbour.summary.messages > 0 ? "not joined" : "not observed", theme.dim)
        }
        var parts = [StyledText(padded(FigureText.rate(neighbour.rate) + "/s", to: 6))]
        if side == .right {
            let (word, time) =
                neighbour.isCall ? ("work ", neighbour.summary.workText) : ("lag ", neighbour.summary.lagText)
            if let time {
                let text = detail == .brief || detail == .plain ? padded(time, to: 6) : word + padded(time, to: 5)
                parts.append(StyledText(text, theme.dim))
            }
        }
        if detail != .terse, detail != .brief {
            if neighbour.difference == .undocumented {
                parts.append(StyledText(isUndocumented ? "undocumented" : "edge undocumented", theme.warning))
            }
            if neighbour.summary.isAlarming, let share = neighbour.summary.errorShare {
                parts.append(StyledText(FigureText.percent(share) + " errors", theme.bad))
            }
            if neighbour.summary.duplicates > 0 {
                let count = FigureText.counted(neighbour.summary.duplicates, "duplicate")
                parts.append(StyledText(count, theme.warning))
            }
        }
        return parts.dropFirst().reduce(parts.first ?? "") { $0 + " " + $1 }
    }

    /// Right-aligned in so many columns; figures are ASCII.
    private static func padded(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.utf8.count)) + text
    }

    /// The first thing beyond, and how many more.
    private static func beyond(
        _ neighbour: FocusGraph.Neighbour, isFull: Bool, in facts: SystemFacts, _ glyphs: Glyphs
    ) -> String {
        guard let first = neighbour.beyond.first else { return "" }
        let more = neighbour.beyond.count > 1 ? " +\(neighbour.beyond.count - 1)" : ""
        return label(first, in: facts, glyphs) + more
    }

    /// `⊚ order.completed`, `⊟ notification-orders`, `notification`
    static func label(_ node: Node, in facts: SystemFacts, _ glyphs: Glyphs) -> String {
        let icon = icon(node, in: facts, glyphs)
        return icon.isEmpty ? node.name : "\(icon) \(node.name)"
    }

    static func icon(_ node: Node, in facts: SystemFacts, _ glyphs: Glyphs) -> String {
        guard case .channel(let name) = node else { return "" }
        return facts.channel(name).flatMap(facts.kind) == .queue ? glyphs.queue : glyphs.topic
    }
}

extension Node {
    var isChannel: Bool {
        if case .channel = self { true } else { false }
    }
}
