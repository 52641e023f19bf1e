import TerminalText
import TerminalUI
import TraceModel

/// Draws a conversation as a sequence: participants side by side, time from top to bottom.
///
///               gateway                 payment               inventory
///                          order                  ⊚ order.com…
///        0ms       ├──────────▶│ POST /orders         │           │                 201ms
///       12ms       │           ├──────────▶│ Charge   │           │                  71ms
///       88ms       │           ├─────────────────────▶│ publishes │
///      132ms       │           │           │          ├┄┄┄┄┄┄┄┄┄┄▶│ delivers  lag 44ms  12ms
struct SequenceView {
    private let sequence: ConversationSequence
    private let model: DashboardModel

    private static let timeWidth = 9
    private static let leastColumn = 10
    private static let widestColumn = 30

    init(_ sequence: ConversationSequence, _ model: DashboardModel) {
        self.sequence = sequence
        self.model = model
    }

    /// Below the names, which take two lines: neighbours in turn, so that each has room.
    static func rowsArea(in area: Rect) -> Rect {
        Rect(x: area.x, y: area.y + 2, width: area.width, height: area.height - 2)
    }

    func render(into buffer: inout Buffer, in area: Rect) {
        let theme = model.settings.theme
        guard !sequence.arrows.isEmpty else {
            let text = "no message and no call is known of this conversation"
            buffer.writeLine(StyledText(text, theme.dim), in: area.inset(columns: 2), row: 1)
            return
        }
        let rows = Self.rowsArea(in: area)
        let visible = Array(
            sequence.arrows.enumerated().dropFirst(sequence.scrollOffset).prefix(max(0, rows.height)))
        let figures = visible.map { StyledText($0.element.figures, theme.dim) + remarks(of: $0.element) }
        let figuresWidth = min(28, figures.reduce(0) { max($0, $1.width) })
        let room = Rect(
            x: area.x + Self.timeWidth, y: area.y, width: area.width - Self.timeWidth - figuresWidth - 2,
            height: area.height)
        let columns = Columns(sequence, in: room)
        drawNames(columns, room, edges: area, into: &buffer)
        for (line, (index, arrow)) in visible.enumerated() {
            let y = rows.y + line
            let offset = arrow.time > sequence.start ? arrow.time - sequence.start : 0
            buffer.writeLine(
                StyledText(durationText(offset), theme.dim),
                in: Rect(x: area.x, y: y, width: Self.timeWidth - 1, height: 1), alignment: .right)
            draw(arrow, columns, Rect(x: room.x, y: y, width: room.width, height: 1), into: &buffer)
            buffer.writeLine(
                figures[line], in: Rect(x: room.right + 1, y: y, width: figuresWidth, height: 1), alignment: .right,
                ellipsis: model.settings.glyphs.ellipsis)
            if index == sequence.position {
                buffer.restyle(Rect(x: area.x, y: y, width: area.width, height: 1), adding: .reverse)
            }
        }
    }

    private func remarks(of arrow: ConversationSequence.Arrow) -> StyledText {
        guard !arrow.remarks.isEmpty else { return "" }
        let style = arrow.isError ? model.settings.theme.bad : model.settings.theme.warning
        return StyledText((arrow.figures.isEmpty ? "" : "  ") + arrow.remarks.joined(separator: ", "), style)
    }

    /// Which participants have room, and where their lines stand.
    private struct Columns {
        let shown: Range<Int>
        let width: Int
        private let left: Int

        init(_ sequence: ConversationSequence, in area: Rect) {
            let count = sequence.participants.count
            let fitting = max(1, area.width / SequenceView.leastColumn)
            let start = sequence.firstShown(of: fitting)
            shown = start..<min(count, start + fitting)
            width = min(SequenceView.widestColumn, max(1, area.width / max(1, shown.count)))
            left = area.x
        }

        /// Nil for one that has no room.
        func x(_ participant: Int) -> Int? {
            shown.contains(participant) ? left + (participant - shown.lowerBound) * width + width / 2 : nil
        }
    }

    private func drawNames(_ columns: Columns, _ area: Rect, edges: Rect, into buffer: inout Buffer) {
        let theme = model.settings.theme
        let glyphs = model.settings.glyphs
        for participant in columns.shown {
            guard let x = columns.x(participant) else { continue }
            let node = sequence.participants[participant]
            let place = participant - columns.shown.lowerBound
            let width = 2 * columns.width - 1
            let field = Rect(x: x - columns.width + 1, y: area.y + place % 2, width: width, height: 1)
            if place % 2 == 0, area.height > 1 {
                buffer.write(glyphs.box.vertical, x: x, y: area.y + 1, in: area, style: theme.frame)
            }
            buffer.writeLine(
                StyledText(
                    NeighbourText.label(node, in: model.facts, glyphs),
                    node.isChannel ? theme.key : theme.heading),
                in: field.intersection(buffer.bounds), alignment: .center, ellipsis: glyphs.ellipsis)
        }
        if columns.shown.lowerBound > 0 {
            buffer.write(glyphs.keyLeft, x: edges.x + 1, y: edges.y, in: edges, style: theme.key)
        }
        if columns.shown.upperBound < sequence.participants.count {
            buffer.write(glyphs.keyRight, x: edges.right - 2, y: edges.y, in: edges, style: theme.key)
        }
    }

    private func draw(
        _ arrow: ConversationSequence.Arrow, _ columns: Columns, _ row: Rect, into buffer: inout Buffer
    ) {
        let theme = model.settings.theme
        let glyphs = model.settings.glyphs
        for participant in columns.shown {
            if let x = columns.x(participant) {
                buffer.write(glyphs.box.vertical, x: x, y: row.y, in: row, style: theme.frame)
            }
        }
        let style = arrow.isError ? theme.bad : arrow.kind == .delivery ? theme.waiting : .plain
        let isRightwards = arrow.to >= arrow.from
        // An end that is off the screen is at its edge.
        let edge = { (participant: Int) in participant < columns.shown.lowerBound ? row.x : row.right - 1 }
        let (from, to) = (columns.x(arrow.from), columns.x(arrow.to))
        let isBeside = { (side: Range<Int>) in side.contains(arrow.from) && side.contains(arrow.to) }
        if isBeside(0..<columns.shown.lowerBound) || isBeside(columns.shown.upperBound..<sequence.participants.count) {
            return writeEnds(of: arrow, isLeft: arrow.to < columns.shown.lowerBound, row, into: &buffer)
        }
        let (tail, head) = (from ?? edge(arrow.from), to ?? edge(arrow.to))
        if tail == head {
            let text = StyledText(" \(glyphs.arrowLeft) \(arrow.label)", style)
            let rest = Rect(x: tail + 1, y: row.y, width: columns.width - 2, height: 1)
            buffer.writeLine(text, in: rest.intersection(row), ellipsis: glyphs.ellipsis)
            return
        }
        let line = arrow.kind == .delivery ? glyphs.waiting : glyphs.box.horizontal
        let (low, high) = (min(tail, head), max(tail, head))
        for x in low + 1..<high { buffer.write(line, x: x, y: row.y, in: row, style: style) }
        if from != nil {
            let joint = isRightwards ? glyphs.box.leftTee : glyphs.box.rightTee
            buffer.write(joint, x: tail, y: row.y, in: row, style: style)
        }
        if to != nil {
            let tip = isRightwards ? glyphs.arrowRight : glyphs.arrowLeft
            buffer.write(tip, x: isRightwards ? head - 1 : head + 1, y: row.y, in: row, style: style)
        }
        drawLabel(arrow, low, high, row, into: &buffer)
    }

    /// Says in words what goes on among participants that have no room, on their side.
    private func writeEnds(
        of arrow: ConversationSequence.Arrow, isLeft: Bool, _ row: Rect, into buffer: inout Buffer
    ) {
        let glyphs = model.settings.glyphs
        let name = { (participant: Int) in
            NeighbourText.label(sequence.participants[participant], in: model.facts, glyphs)
        }
        let whole = " \(name(arrow.from)) \(glyphs.arrowRight) \(name(arrow.to)) "
        let room = row.width * 2 / 3
        let text = displayWidth(whole) <= room ? whole : " \(glyphs.arrowRight) \(name(arrow.to)) "
        let width = min(displayWidth(text), room)
        let field = Rect(x: isLeft ? row.x : row.right - width, y: row.y, width: width, height: 1)
        buffer.writeLine(
            StyledText(text, arrow.isError ? model.settings.theme.bad : model.settings.theme.dim), in: field,
            alignment: isLeft ? .left : .right, ellipsis: glyphs.ellipsis)
    }

    /// On the arrow where there is room, else on the side of it that has more.
    private func drawLabel(
        _ arrow: ConversationSequence.Arrow, _ low: Int, _ high: Int, _ row: Rect, into buffer: inout Buffer
    ) {
        let style = arrow.isError ? model.settings.theme.bad : .plain
        let ellipsis = model.settings.glyphs.ellipsis
        let text = " \(arrow.label) "
        let width = displayWidth(text)
        if width <= high - low - 4 {
            let x = arrow.to >= arrow.from ? low + 2 : high - 1 - width
            buffer.write(text, x: x, y: row.y, in: row, style: style)
            return
        }
        let (left, right) = (low - row.x, row.right - high - 1)
        if width <= right || right >= left {
            buffer.writeLine(
                StyledText(text, style), in: Rect(x: high + 1, y: row.y, width: min(width, right), height: 1),
                ellipsis: ellipsis)
        } else {
            let room = min(width, left)
            buffer.writeLine(
                StyledText(text, style), in: Rect(x: low - room, y: row.y, width: room, height: 1),
                alignment: .right, ellipsis: ellipsis)
        }
    }
}
