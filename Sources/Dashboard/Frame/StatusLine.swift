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
        let left = StyledText(" \(leading) ", theme.frame)
        let health = model.facts.snapshot.health
        let style = health.rejected > 0 || (health.refusedRequests ?? 0) > 0 ? theme.warning : theme.frame
        // What fits: the whole, without where the spans come from, without reasons, the bare number.
        let choices = stores.map { StyledText($0, style) }
        let right = choices.first { $0.width + left.width + 6 <= line.width } ?? choices.last ?? ""
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
        if model.isReading { return "reading" }
        if let words = model.currentScreen.figuresText(in: model) { return words }
        let length = model.window == .all ? "everything stored" : "the last \(model.window.label)"
        guard let until = model.shownUntil else { return "figures of \(length)" }
        return model.window == .all
            ? "figures of everything until \(model.momentText(until))"
            : "figures of \(model.window.label) until \(model.momentText(until))"
    }

    /// What an empty store waits for.
    private func nothing(_ health: StoreHealth, _ source: String?) -> [String] {
        guard model.hasData, let address = health.listening.first else { return [source].compactMap(\.self) }
        return ["waiting for spans on \(address)", address]
    }

    /// What the store holds, from the longest to the shortest text:
    /// `48.1k spans, 12MB, 2k evicted, 3 rejected (malformed trace id), 1 request refused, 127.0.0.1:4318`
    private var stores: [String] {
        let health = model.facts.snapshot.health
        let source =
            health.collectorProcess.map { "attached to the collector of process \($0)" } ?? model.settings.source
        let turnedDown = health.refusedRequests ?? 0
        guard health.spans > 0 || health.rejected > 0 || turnedDown > 0 else { return nothing(health, source) }
        let spans = FigureText.counted(health.spans, "span")
        let size = health.bytes > 0 ? ", " + FigureText.bytes(health.bytes) : ""
        let evicted = health.evictedSpans > 0 ? ", \(FigureText.count(health.evictedSpans)) evicted" : ""
        let rejected = health.rejected > 0 ? ", \(FigureText.count(health.rejected)) rejected" : ""
        let reason = health.rejected > 0 ? health.lastRejection.map { " (\($0))" } ?? "" : ""
        let refused = turnedDown > 0 ? ", \(FigureText.counted(turnedDown, "request")) refused" : ""
        let all = spans + size + evicted + rejected + reason + refused
        return [
            source.map { "\(all), \($0)" }, all, spans + evicted + rejected + reason + refused,
            spans + evicted + rejected + refused, spans + rejected + refused,
        ].compactMap(\.self)
    }
}
