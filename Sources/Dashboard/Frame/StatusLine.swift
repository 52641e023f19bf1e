import TerminalUI
import TraceModel

/// What stands on the frame's lower edge: the window of the figures, and what the store holds.
///
///     └─ figures of the last 5m ─────────────── 48.1k spans, 3 rejected (malformed trace id) ─┘
struct StatusLine {
    private let model: DashboardModel

    init(_ model: DashboardModel) { self.model = model }

    func render(into buffer: inout Buffer, frame: Rect) {
        guard frame.height >= 2, frame.width > 20 else { return }
        let theme = model.settings.theme
        let line = Rect(x: frame.x + 2, y: frame.bottom - 1, width: frame.width - 4, height: 1)
        let right = StyledText(store, model.facts.snapshot.health.rejected > 0 ? theme.warning : theme.frame)
        let left = StyledText(" \(leading) ", theme.frame)
        let used = right.runs.isEmpty || right.width + 2 > line.width ? 0 : right.width + 2
        if used > 0 {
            buffer.write(StyledText(" ") + right + StyledText(" "), x: line.right - used, y: line.y, in: line)
        }
        let rest = Rect(x: line.x, y: line.y, width: line.width - used - (used > 0 ? 1 : 0), height: 1)
        if left.width <= rest.width { buffer.write(left, x: rest.x, y: rest.y, in: rest) }
    }

    private var leading: String {
        if model.waiting != nil { return "paused, newer data is waiting" }
        if model.showsWaterfall, let warning = model.waterfall?.conversation.warnings.first { return warning }
        return model.window == .all ? "figures of everything stored" : "figures of the last \(model.window.label)"
    }

    private var store: String {
        let health = model.facts.snapshot.health
        guard health.spans > 0 || health.rejected > 0 else { return "" }
        var text = FigureText.counted(health.spans, "span")
        if health.rejected > 0 {
            text += ", \(FigureText.count(health.rejected)) rejected"
            if let reason = health.lastRejection { text += " (\(reason))" }
        }
        return text
    }
}
