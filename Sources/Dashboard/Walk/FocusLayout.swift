import TerminalUI

/// Where everything of a focus graph stands in an area: the centre, the neighbours' lines, and the lines between.
struct FocusLayout {
    /// One neighbour's line.
    struct Line {
        var number: Int
        var y: Int
        var text: NeighbourText
    }

    /// The neighbours of one side.
    struct Block {
        var lines: [Line]
        var x: Int
        var width: Int
        /// The columns of who, and where the figures start behind them.
        var whoWidth: Int
        var figuresX: Int
        /// Neighbours that have no line.
        var hidden: Int
        /// Those of them that come before the lines.
        var hiddenAbove: Int
        /// `5 more`, `3 above, 2 below`
        var hiddenWords: String {
            hiddenAbove == 0
                ? "\(hidden) more"
                : "\(hiddenAbove) above" + (hidden > hiddenAbove ? ", \(hidden - hiddenAbove) below" : "")
        }
        var isEmpty: Bool { lines.isEmpty }
    }

    let area: Rect
    let left: Block
    let right: Block
    let centre: Rect
    let centreText: String

    /// The columns of ` ─┬─▶ `.
    static let joint = 6

    init(_ graph: FocusGraph, walk: Walk?, in area: Rect, facts: SystemFacts, settings: DashboardSettings) {
        self.area = area
        let icon = NeighbourText.icon(graph.centre, in: facts, settings.glyphs)
        let name = icon.isEmpty ? graph.centre.name : "\(icon) \(graph.centre.name)"
        let centreWidth = min(StyledText(name).width, max(8, area.width / 3))
        let room = max(0, area.width - centreWidth - 2 * Self.joint)

        let windows = (
            left: Window(graph.left.count, height: area.height, choice: walk?.side == .left ? walk?.choice : nil),
            right: Window(graph.right.count, height: area.height, choice: walk?.side == .right ? walk?.choice : nil)
        )
        // Say as much as there is room for.
        var texts: (left: [NeighbourText], right: [NeighbourText]) = ([], [])
        var widths = (left: 0, right: 0)
        for (leftDetail, rightDetail) in NeighbourText.Detail.steps {
            texts.left = graph.left[windows.left.range].map {
                NeighbourText($0, of: graph.centre, on: .left, detail: leftDetail, in: facts, settings)
            }
            texts.right = graph.right[windows.right.range].map {
                NeighbourText($0, of: graph.centre, on: .right, detail: rightDetail, in: facts, settings)
            }
            widths.left = graph.left.isEmpty ? Self.emptyWidth : Self.width(texts.left)
            widths.right = graph.right.isEmpty ? Self.emptyWidth : Self.width(texts.right)
            if widths.left + widths.right <= room { break }
        }
        if widths.left + widths.right > room {
            widths.left = min(widths.left, max(room / 3, room - widths.right))
            widths.right = max(0, room - widths.left)
        }

        let middle = area.y + max(0, (area.height - 1) / 2)
        let centreX = area.x + widths.left + Self.joint
        centre = Rect(x: centreX, y: middle, width: centreWidth, height: 1)
        centreText = name
        left = Self.block(
            texts.left, windows.left, x: area.x, width: widths.left, area: area, middle: middle)
        right = Self.block(
            texts.right, windows.right, x: centre.right + Self.joint,
            width: min(widths.right, max(0, area.right - centre.right - Self.joint)), area: area, middle: middle)
    }

    /// Which neighbour, or the centre, is at a place of the screen.
    func target(x: Int, y: Int, in graph: FocusGraph) -> Node? {
        if centre.contains(x: x, y: y) { return graph.centre }
        for (block, neighbours) in [(left, graph.left), (right, graph.right)] {
            guard x >= block.x, x < block.x + block.width, let line = block.lines.first(where: { $0.y == y }) else {
                continue
            }
            return neighbours[line.number].node
        }
        return nil
    }

    private static let emptyWidth = 16

    private static func width(_ texts: [NeighbourText]) -> Int {
        let who = texts.reduce(0) { max($0, $1.who.width) }
        let figures = texts.reduce(0) { max($0, $1.figures.width) }
        return who + figures + (figures > 0 ? 2 : 0)
    }

    private static func block(
        _ texts: [NeighbourText], _ window: Window, x: Int, width: Int, area: Rect, middle: Int
    ) -> Block {
        let height = texts.count + (window.hidden > 0 ? 1 : 0)
        let top = min(max(area.y, middle - (texts.count - 1) / 2), max(area.y, area.bottom - height))
        let lines = texts.enumerated().map { Line(number: window.range.lowerBound + $0, y: top + $0, text: $1) }
        let figures = lines.reduce(0) { max($0, $1.text.figures.width) }
        return Block(
            lines: lines, x: x, width: width, whoWidth: max(0, width - figures - (figures > 0 ? 2 : 0)),
            figuresX: x + max(0, width - figures), hidden: window.hidden,
            hiddenAbove: window.range.lowerBound)
    }

    /// The neighbours of a side that have a line: all, or as many as leave a line for "more".
    private struct Window {
        var range: Range<Int>
        var hidden: Int

        init(_ count: Int, height: Int, choice: Int?) {
            let visible = count <= height ? count : max(0, height - 1)
            let first = scrollOffset(selected: choice ?? 0, visible: visible, count: count, previous: 0)
            range = first..<min(count, first + visible)
            hidden = count - range.count
        }
    }
}
