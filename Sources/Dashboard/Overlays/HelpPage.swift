import TerminalUI

/// The keys of one context, and how to read its screen; made of the table of actions.
struct HelpPage: Sendable, Equatable {
    let context: Context
    let title: String
    let lines: [StyledText]
    var scrollOffset: Int

    /// - Parameter scrollOffset: as far as there are lines.
    init(_ context: Context, in model: DashboardModel, scrollOffset: Int = 0) {
        self.context = context
        let width = min(Self.width, Overlays.textWidth(in: model.layout.frame))
        let screen = model.currentScreen
        let theme = model.settings.theme
        var lines: [StyledText] = []
        switch context {
        case .list: title = screen.title
        default: title = context.title
        }
        for sentence in Self.reading(context, screen, model) {
            lines += wrapped(sentence, to: width).map { StyledText($0) }
        }
        for group in Action.Group.allCases {
            let actions = ActionTable.actions(in: context).filter { $0.group == group }
            guard !actions.isEmpty else { continue }
            lines.append("")
            lines.append(StyledText(group.rawValue, theme.heading))
            lines += actions.flatMap { Self.lines(for: $0, width: width, in: model) }
        }
        self.lines = lines
        self.scrollOffset = min(scrollOffset, max(0, lines.count - max(1, model.layout.frame.height - 2)))
    }

    /// Fits on the narrowest screen that most people have.
    private static let width = 76

    /// `  j ↓        the next row`, on more lines where the screen is narrow; an action that cannot be done now says why.
    private static func lines(for action: Action, width: Int, in model: DashboardModel) -> [StyledText] {
        let theme = model.settings.theme
        let keys = model.settings.keys.keys(of: action).map { $0.name(model.settings.glyphs) }.joined(separator: " ")
        let indent = width < 70 ? 14 : 22
        let gap = String(repeating: " ", count: max(1, indent - 2 - StyledText(keys).width))
        let head = StyledText("  ") + StyledText(keys, theme.key) + StyledText(gap)
        let obstacle = action.obstacle(model).map { " (not now: \($0))" } ?? ""
        // A line that is too long for one goes on below its beginning.
        let texts = wrapped(action.help + obstacle, to: max(10, width - max(indent, head.width)))
        var left = action.help.count
        return texts.enumerated().map { number, text in
            let plain = String(text.prefix(max(0, left)))
            left -= text.count + 1
            let start = number == 0 ? head : StyledText(String(repeating: " ", count: head.width))
            return start + StyledText(plain) + StyledText(String(text.dropFirst(plain.count)), theme.dim)
        }
    }

    /// What the pictures mean.
    private static func reading(_ context: Context, _ screen: any Screen, _ model: DashboardModel) -> [String] {
        let glyphs = model.settings.glyphs
        switch context {
        case .walk:
            return [
                "Senders stand to the left, receivers to the right. \(glyphs.topic) is a topic, \(glyphs.queue) a queue.",
                "\(glyphs.box.horizontal)\(glyphs.arrowRight) both sides say so   "
                    + "\(glyphs.waiting)\(glyphs.arrowRight) only spans show it   "
                    + "\(glyphs.box.horizontal)\(glyphs.arrowHollow) only the catalog says it",
                "Follow an event from the first service to the last with \(glyphs.keyRight).",
            ]
        case .waterfall, .span:
            return [
                "\(glyphs.barFull) a service works   \(glyphs.waiting) a message waits in a channel   "
                    + "\(glyphs.box.horizontal) a consumer polls for messages",
                "\(glyphs.arrowUp) publishes a message   \(glyphs.arrowDown) takes one",
                "lag is the time from the publication to the start of its handling.",
            ]
        case .sequence:
            return [
                "Who takes part stands side by side, time runs from top to bottom.",
                "\(glyphs.box.horizontal) a call or a publication   \(glyphs.waiting) a message that waited in a channel",
            ]
        case .preview, .columns: return []
        default:
            let fields = screen.filterFields.map { "\($0):" }.joined(separator: " ")
            let words = screen.filterWords.map { "is:\($0)" }.joined(separator: " ")
            return [screen.summary.capitalizedFirst + "."] + screen.reading(glyphs)
                + [
                    "Filter: letters of a name in order, and \(fields) \(words) is:marked (- before one turns it round)."
                ]
        }
    }

    func render(into buffer: inout Buffer, in area: Rect, _ settings: DashboardSettings) {
        let box = Overlays.frame(
            width: Self.width, height: min(area.height, lines.count + 2), title: "Help \(settings.glyphs.dot) \(title)",
            in: area, into: &buffer,
            settings)
        for (row, line) in lines.dropFirst(scrollOffset).prefix(box.height).enumerated() {
            buffer.writeLine(line, in: box, row: row, ellipsis: settings.glyphs.ellipsis)
        }
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
