import TerminalText
import TerminalUI
import TraceModel

/// Draws a conversation's waterfall: who did what, when, and how long messages waited in between.
///
///     gateway        POST /orders         ████████████████████████████▌          212ms
///     └ order        POST /orders          ██████████████████████████▌           201ms
///       └ order      ▲ order.completed                      ▌                      2ms
///         └ inventory  ▼ inventory-orders                   ┄┄┄┄┄┄██   lag 44ms   12ms
struct WaterfallView {
    private let waterfall: Waterfall
    private let model: DashboardModel

    /// Deeper levels are drawn at this depth.
    private static let maximumIndent = 12

    init(_ waterfall: Waterfall, _ model: DashboardModel) {
        self.waterfall = waterfall
        self.model = model
    }

    /// Below the ruler.
    static func rowsArea(in area: Rect) -> Rect {
        Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1)
    }

    func render(into buffer: inout Buffer, layout: FrameLayout) {
        let theme = model.settings.theme
        let glyphs = model.settings.glyphs
        buffer.box(
            layout.frame, title: title, style: theme.frame, titleStyle: theme.title, glyphs: glyphs.box,
            trailing: FigureText.clock(
                waterfall.conversation.start, secondsFromUTC: model.settings.secondsFromUTC))
        if let sequence = waterfall.sequence {
            SequenceView(sequence, model).render(into: &buffer, in: layout.list)
        } else {
            let bar = renderRows(into: &buffer, in: layout.list)
            if let bar { buffer.markEnd(of: bar, in: layout.frame, glyph: glyphs.selectionEnd) }
        }
        guard layout.hasPane, let detail = waterfall.detail else { return }
        buffer.divider(
            layout.frame, y: layout.divider, title: detail.title, style: theme.frame, titleStyle: theme.title,
            glyphs: glyphs.box,
            trailing: detail.lines.count > layout.pane.height
                ? "line \(detail.scrollOffset + 1) of \(detail.lines.count)" : "")
        for (row, line) in detail.lines.dropFirst(detail.scrollOffset).prefix(layout.pane.height).enumerated() {
            buffer.writeLine(line, in: layout.pane.inset(columns: 1), row: row, ellipsis: glyphs.ellipsis)
        }
    }

    private var title: String {
        let conversation = waterfall.conversation
        let dot = " \(model.settings.glyphs.dot) "
        let room = min(36, max(20, model.size.width - 90))
        let id = truncated(conversation.id, to: room, ellipsis: model.settings.glyphs.ellipsis)
        let parts = [
            id, waterfall.matchText.map { "/\(waterfall.search): \($0)" } ?? "", waterfall.facts.stateText,
            durationText(conversation.duration), waterfall.facts.flow ?? "",
            FigureText.counted(waterfall.facts.services.count, "service"),
            FigureText.counted(conversation.hops.count, "hop"),
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: dot)
    }

    /// Draws the ruler and the spans; returns where the selected one has its bar, if it is on the screen.
    ///
    /// The bar covers the name alone, so that the chart keeps its colours and shapes.
    @discardableResult
    func renderRows(into buffer: inout Buffer, in area: Rect) -> Rect? {
        guard !waterfall.shown.isEmpty else {
            let text = "reading the spans of this conversation"
            buffer.writeLine(StyledText(text, model.settings.theme.dim), in: area.inset(columns: 2), row: 1)
            return nil
        }
        var bar: Rect?
        let rows = Self.rowsArea(in: area)
        let visible = waterfall.shown.dropFirst(waterfall.scrollOffset).prefix(rows.height)
        let labels = visible.map { row in
            let span = waterfall.span(ofRow: row)
            return SpanLabel(
                span, hop: waterfall.hop(ofRow: row), isPoll: waterfall.isPoll(waterfall.tree.rows[row]),
                attachment: waterfall.tree.rows[row].attachment, names: model.facts.names, glyphs: model.settings.glyphs
            )
        }
        let lagWidth = labels.reduce(0) { max($0, displayWidth($1.lag)) }
        let parts = area.split(columns: [
            .fixed(1), .fixed(max(20, min(56, area.width * 2 / 5))), .fixed(1), .fill(),
            .fixed(lagWidth == 0 ? 0 : lagWidth + 1), .fixed(8), .fixed(1),
        ])
        let scale = TimeScale(start: waterfall.start, end: waterfall.end, width: parts[3].width)
        renderRuler(into: &buffer, in: Rect(x: parts[3].x, y: area.y, width: parts[3].width, height: 1))
        for (line, (row, label)) in zip(visible, labels).enumerated() {
            let y = rows.y + line
            let at = { (part: Rect) in Rect(x: part.x, y: y, width: part.width, height: 1) }
            buffer.writeLine(name(ofRow: row, label), in: at(parts[1]), ellipsis: model.settings.glyphs.ellipsis)
            renderBar(row, label, scale, into: &buffer, in: at(parts[3]))
            buffer.writeLine(StyledText(label.lag, model.settings.theme.dim), in: at(parts[4]), alignment: .right)
            buffer.writeLine(StyledText(label.duration), in: at(parts[5]), alignment: .right)
            if waterfall.scrollOffset + line == waterfall.position {
                let name = Rect(x: area.x, y: y, width: parts[2].x - area.x, height: 1)
                buffer.restyle(name, adding: .reverse)
                bar = name
            }
        }
        return bar
    }

    /// The tree's lines, the service, and what it did.
    private func name(ofRow row: Int, _ label: SpanLabel) -> StyledText {
        let theme = model.settings.theme
        let service = model.facts.names.service(waterfall.span(ofRow: row).service)
        let node = waterfall.tree.rows[row]
        var text = StyledText(prefix(ofRow: row), theme.dim) + StyledText(service, theme.heading)
        text += StyledText(" \(label.name)", waterfall.matches(row: row) ? Style.plain.with(.underline) : .plain)
        if waterfall.isFolded(row: row) { text += StyledText(" +\(FigureText.count(node.descendants))", theme.key) }
        return text
    }

    private func prefix(ofRow row: Int) -> String {
        let box = model.settings.glyphs.box
        let node = waterfall.tree.rows[row]
        guard node.depth > 0 else { return "" }
        var levels = [node.isLast ? box.bottomLeft + " " : box.leftTee + " "]
        var ancestor = node.parent
        while ancestor >= 0, waterfall.tree.rows[ancestor].depth > 0, levels.count < Self.maximumIndent {
            levels.append(waterfall.tree.rows[ancestor].isLast ? "  " : box.vertical + " ")
            ancestor = waterfall.tree.rows[ancestor].parent
        }
        return levels.reversed().joined()
    }

    private func renderBar(
        _ row: Int, _ label: SpanLabel, _ scale: TimeScale, into buffer: inout Buffer, in area: Rect
    ) {
        let theme = model.settings.theme
        let span = waterfall.span(ofRow: row)
        let hop = waterfall.hop(ofRow: row)
        var published: UInt64?
        if let hop, hop.kind == .consumes, let wait = hop.wait, wait > 0, UInt64(wait) <= span.start {
            published = span.start - UInt64(wait)
        }
        let bar = scale.bar(
            waitingFrom: published, from: span.start, to: span.end, glyphs: model.settings.glyphs)
        var x = area.x + bar.lead
        x += buffer.write(bar.waiting, x: x, y: area.y, in: area, style: theme.waiting)
        let service = model.facts.names.service(span.service)
        if waterfall.isPoll(waterfall.tree.rows[row]) {
            let line = String(repeating: model.settings.glyphs.box.horizontal, count: bar.work.count)
            x += buffer.write(line, x: x, y: area.y, in: area, style: theme.waiting)
        } else {
            let style = label.isError ? theme.bad : theme.style(ofService: service)
            x += buffer.write(bar.work, x: x, y: area.y, in: area, style: style)
        }
        guard !label.remarks.isEmpty else { return }
        let remarks = label.remarks.joined(separator: ", ")
        let style = label.isError ? theme.bad : theme.warning
        let room = area.right - x - 1
        if displayWidth(remarks) <= room {
            buffer.write(remarks, x: x + 1, y: area.y, in: area, style: style)
        } else {
            // Before the bar, or over its start: words matter more than the picture.
            let width = max(displayWidth(remarks) + 1, bar.lead)
            let before = Rect(x: area.x, y: area.y, width: width, height: 1).intersection(area)
            buffer.writeLine(
                StyledText(remarks + " ", style), in: before, alignment: .right,
                ellipsis: model.settings.glyphs.ellipsis)
        }
    }

    /// Marks of time above the bars.
    private func renderRuler(into buffer: inout Buffer, in area: Rect) {
        let theme = model.settings.theme
        let duration = waterfall.end > waterfall.start ? waterfall.end - waterfall.start : 0
        let marks = max(1, min(4, area.width / 14))
        for mark in 0...marks {
            let x = area.x + area.width * mark / marks
            let text = durationText(duration / UInt64(marks) * UInt64(mark))
            let isLast = mark == marks
            let width = displayWidth(text)
            buffer.write(text, x: isLast ? max(area.x, x - width) : x, y: area.y, in: area, style: theme.dim)
        }
    }
}
