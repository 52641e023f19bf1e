import TerminalText

/// One line of text whose parts look different: `"order.completed " + StyledText("주문완료", dim)`.
public struct StyledText: Sendable, Equatable, ExpressibleByStringLiteral {
    /// A stretch of text in one style.
    public struct Run: Sendable, Equatable {
        public var text: String
        public var style: Style
    }

    public var runs: [Run]

    public init(_ text: String, _ style: Style = .plain) {
        runs = text.isEmpty ? [] : [Run(text: text, style: style)]
    }

    public init(stringLiteral value: String) { self.init(value) }

    public static func + (left: StyledText, right: StyledText) -> StyledText {
        var sum = left
        sum.runs += right.runs
        return sum
    }

    public static func += (left: inout StyledText, right: StyledText) { left.runs += right.runs }

    /// Columns on the screen.
    public var width: Int { runs.reduce(0) { $0 + displayWidth($1.text) } }

    /// All text without the styles.
    public var text: String { runs.map(\.text).joined() }

    /// The line, cut so that it takes at most `width` columns; a cut one ends with the ellipsis in the style of the cut.
    public func truncated(to width: Int, ellipsis: String = "…") -> StyledText {
        guard self.width > width else { return self }
        var kept = StyledText("")
        var room = width
        for run in runs {
            let needed = displayWidth(run.text)
            guard needed >= room else {
                kept.runs.append(run)
                room -= needed
                continue
            }
            // More follows than fits: cut here, even where this run alone fits exactly.
            let more = needed > room ? "" : ellipsis + " "
            kept += StyledText(TerminalText.truncated(run.text + more, to: room, ellipsis: ellipsis), run.style)
            break
        }
        return kept
    }
}
