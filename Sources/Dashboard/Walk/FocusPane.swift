import CatalogModel
import TerminalText
import TerminalUI

/// Draws a focus graph: publishers, the channel or service in the middle, subscribers.
///
///      order  41.0/s ────▶ ⊚ order.completed ─┬▶ ⊟ notification-orders ▶ notification  39.9/s   38ms
///                                             ├▶ ⊟ settlement-orders ▶ settlement      41.0/s   51ms
///                                             └▶ ⊟ inventory-orders ▶ inventory        41.0/s   44ms
struct FocusPane {
    let graph: FocusGraph
    /// The walk that stands on this graph, if one does.
    let walk: Walk?
    let facts: SystemFacts
    let settings: DashboardSettings

    /// Draws the graph, and below it a line of facts about the centre.
    func render(into buffer: inout Buffer, in area: Rect) {
        guard area.height > 0, area.width > 12 else { return }
        let parts = split(area)
        let layout = layout(in: area)
        let theme = settings.theme
        buffer.write(
            truncated(layout.centreText, to: layout.centre.width, ellipsis: settings.glyphs.ellipsis),
            x: layout.centre.x, y: layout.centre.y, in: parts[0], style: theme.focus)
        if layout.centre.y + 1 < parts[0].bottom, case .channel(let name) = graph.centre {
            let picture = LiveRates.picture(of: facts.rates.series(ofChannel: name), settings)
            let below = Rect(x: layout.centre.x, y: layout.centre.y + 1, width: layout.centre.width, height: 1)
            if layout.centre.width >= picture.width { buffer.writeLine(picture, in: below, alignment: .center) }
        }
        draw(layout.left, .left, layout, parts[0], into: &buffer)
        draw(layout.right, .right, layout, parts[0], into: &buffer)
        if parts[1].height > 0 {
            EdgeTable(graph: graph, facts: facts, settings: settings).render(into: &buffer, in: parts[1])
        }
        let description = NodeDescription(chosen ?? graph.centre, in: facts, settings)
        for (row, line) in description.lines(parts[2].height).enumerated() {
            buffer.writeLine(line, in: parts[2], row: row, ellipsis: settings.glyphs.ellipsis)
        }
    }

    func layout(in area: Rect) -> FocusLayout {
        FocusLayout(graph, walk: walk, in: split(area)[0], facts: facts, settings: settings)
    }

    /// The graph; the figures of its edges where both have room, and a blank line; the lines of facts below.
    private func split(_ area: Rect) -> [Rect] {
        let facts = area.height >= 8 ? 2 : 1
        let picture = max(5, graph.left.count + 1, graph.right.count + 1)
        let table = EdgeTable(graph: graph, facts: self.facts, settings: settings).height
        let hasTable = area.height >= picture + table + 1 + facts
        let rows = area.split(rows: [.fill(), .fixed(hasTable ? table : 0), .fixed(hasTable ? 1 : 0), .fixed(facts)])
        return [rows[0], rows[1], rows[3]]
    }

    private var chosen: Node? {
        guard let walk else { return nil }
        let neighbours = graph.neighbours(walk.side)
        return neighbours.indices.contains(walk.choice) ? neighbours[walk.choice].node : nil
    }

    private func draw(
        _ block: FocusLayout.Block, _ side: Walk.Side, _ layout: FocusLayout, _ area: Rect, into buffer: inout Buffer
    ) {
        let glyphs = settings.glyphs
        let bounds = Rect(x: block.x, y: area.y, width: block.width, height: area.height)
        guard !block.isEmpty else {
            let words = emptyWords(side)
            buffer.writeLine(
                StyledText(words.text, words.isAlarming ? settings.theme.warning : settings.theme.dim),
                in: Rect(x: block.x, y: layout.centre.y, width: block.width, height: 1),
                alignment: side == .left ? .right : .left, ellipsis: glyphs.ellipsis)
            return
        }
        for line in block.lines {
            let who = line.text.who.truncated(to: block.whoWidth, ellipsis: glyphs.ellipsis)
            let x = side == .left ? block.x + block.whoWidth - who.width : block.x
            buffer.write(who, x: x, y: line.y, in: bounds)
            buffer.write(line.text.figures, x: block.figuresX, y: line.y, in: bounds)
            if let walk, walk.side == side, walk.choice == line.number {
                let marked = Rect(x: x, y: line.y, width: who.width, height: 1)
                buffer.restyle(marked, adding: settings.theme.chosen)
            }
        }
        if block.hidden > 0 {
            let text = StyledText("\(glyphs.ellipsis) \(block.hiddenWords)", settings.theme.dim)
            buffer.writeLine(
                text, in: bounds, row: area.height - 1, alignment: side == .left ? .right : .left,
                ellipsis: glyphs.ellipsis)
        }
        let x = side == .left ? layout.centre.x - FocusLayout.joint : layout.centre.right
        let shapes = Dictionary(
            block.lines.map { ($0.y, Shape(of: graph.neighbours(side)[$0.number])) }, uniquingKeysWith: { $1 })
        drawJoint(side, x: x, layout: layout, shapes: shapes, area, into: &buffer)
    }

    /// What an edge looks like, so that its kind is seen without colours: `──▶` both sides say so, `┄┄▶` only spans show
    /// it, `──▷` only the catalog says it.
    private enum Shape {
        case agreed, undocumented, unobserved

        init(of neighbour: FocusGraph.Neighbour) {
            switch neighbour.difference {
            case .undocumented, .undefined: self = .undocumented
            case .unobserved: self = .unobserved
            case nil: self = neighbour.isDeadLetters ? .unobserved : .agreed
            }
        }

        func line(_ glyphs: Glyphs) -> String { self == .undocumented ? glyphs.waiting : glyphs.box.horizontal }
        func tip(_ glyphs: Glyphs) -> String { self == .unobserved ? glyphs.arrowHollow : glyphs.arrowRight }
    }

    /// Draws ` ──┬▶ ` or ` ─┬─▶ ` between the lines of a side and the centre.
    private func drawJoint(
        _ side: Walk.Side, x: Int, layout: FocusLayout, shapes: [Int: Shape], _ area: Rect, into buffer: inout Buffer
    ) {
        let style = settings.theme.dim
        let glyphs = settings.glyphs
        let middle = layout.centre.y
        guard let top = shapes.keys.min().map({ min($0, middle) }),
            let bottom = shapes.keys.max().map({ max($0, middle) })
        else { return }
        func write(_ text: String, _ column: Int, _ y: Int) {
            buffer.write(text, x: x + column, y: y, in: area, style: style)
        }
        // The tip at the centre is shared by all lines that lead there.
        let isDead = shapes.values.allSatisfy { $0 == .unobserved }
        let line = shapes.values.allSatisfy { $0 == .undocumented } ? glyphs.waiting : glyphs.box.horizontal
        for y in top...bottom {
            let shape = shapes[y]
            let isMiddle = y == middle
            let hasLine = shape != nil
            let ends = side == .left ? (left: hasLine, right: isMiddle) : (left: isMiddle, right: hasLine)
            let joint =
                top == bottom
                ? line : glyphs.box.joint(left: ends.left, right: ends.right, up: y > top, down: y < bottom)
            switch side {
            case .left:
                if let shape {
                    write(shape.line(glyphs), 1, y)
                    write(shape == .unobserved && !isDead ? glyphs.arrowHollow : shape.line(glyphs), 2, y)
                }
                write(joint, 3, y)
                if isMiddle { write(isDead ? glyphs.arrowHollow : glyphs.arrowRight, 4, y) }
            case .right:
                if isMiddle { write(line, 1, y) }
                write(joint, 2, y)
                if let shape {
                    write(shape.line(glyphs), 3, y)
                    write(shape.tip(glyphs), 4, y)
                }
            }
        }
    }

    private func emptyWords(_ side: Walk.Side) -> (text: String, isAlarming: Bool) {
        switch (graph.centre, side) {
        case (.channel, .left): ("no publisher", true)
        case (.channel(let name), .right): ("no consumer", !facts.deadLetters.isTarget(name))
        case (.service, .left): ("nothing comes in", false)
        case (.service, .right): ("nothing goes out", false)
        }
    }
}

extension BoxGlyphs {
    /// The character whose arms point these ways.
    fileprivate func joint(left: Bool, right: Bool, up: Bool, down: Bool) -> String {
        switch (left, right, up, down) {
        case (true, true, true, true): crossing
        case (true, true, true, false): bottomTee
        case (true, true, false, true): topTee
        case (true, false, true, true): rightTee
        case (false, true, true, true): leftTee
        case (true, false, true, false): bottomRight
        case (true, false, false, true): topRight
        case (false, true, true, false): bottomLeft
        case (false, true, false, true): topLeft
        case (false, false, true, true), (false, false, true, false), (false, false, false, true): vertical
        default: horizontal
        }
    }
}
