public import TerminalText

extension Buffer {
    /// Writes text from a cell to the right, and returns the columns by which it advanced.
    ///
    /// What lies outside the buffer is clipped. A wide character that would stand half outside becomes a blank.
    @discardableResult
    public mutating func write(
        _ text: String, x: Int, y: Int, style: Style = .plain, maxWidth: Int = .max
    ) -> Int {
        write(text, x: x, y: y, in: bounds, style: style, maxWidth: maxWidth)
    }

    /// The same, clipped to a rectangle; `x` and `y` are absolute and may lie outside of it.
    @discardableResult
    public mutating func write(
        _ text: String, x: Int, y: Int, in area: Rect, style: Style = .plain, maxWidth: Int = .max
    ) -> Int {
        let clip = area.intersection(bounds)
        guard y >= clip.y, y < clip.bottom, x < clip.right, maxWidth > 0 else { return 0 }
        let end = maxWidth < clip.right - x ? x + maxWidth : clip.right
        var column = x
        for content in TextCells(text) {
            guard column < end else { break }
            let next = column + content.width
            if column >= clip.x && next <= end {
                put(content, x: column, y: y, style: style)
            } else {
                for half in max(column, clip.x)..<max(clip.x, min(next, end)) {
                    put(.blank, x: half, y: y, style: style)
                }
            }
            column = min(next, end)
        }
        return column - x
    }

    /// Writes one line into a row of a rectangle, aligned, and cut with an ellipsis if it is too long.
    ///
    /// `row` counts from the top of the rectangle. Returns the columns of the text.
    @discardableResult
    public mutating func writeLine(
        _ text: StyledText, in area: Rect, row: Int = 0, alignment: TextAlignment = .left, ellipsis: String = "…"
    ) -> Int {
        guard row >= 0, row < area.height else { return 0 }
        let line = text.truncated(to: area.width, ellipsis: ellipsis)
        let width = line.width
        let indent =
            switch alignment {
            case .left: 0
            case .right: area.width - width
            case .center: (area.width - width) / 2
            }
        return write(line, x: area.x + indent, y: area.y + row, in: area)
    }

    /// Writes styled text; see `write(_:x:y:in:style:maxWidth:)`.
    @discardableResult
    public mutating func write(_ text: StyledText, x: Int, y: Int, in area: Rect? = nil, maxWidth: Int = .max) -> Int {
        var used = 0
        for run in text.runs {
            used += write(
                run.text, x: x + used, y: y, in: area ?? bounds, style: run.style, maxWidth: maxWidth - used)
        }
        return used
    }

    /// Fills a rectangle with the first cluster of a text.
    public mutating func fill(_ rect: Rect, with text: String = " ", style: Style = .plain) {
        var clusters = TextCells(text)
        let content = clusters.next() ?? .blank
        let area = rect.intersection(bounds)
        for y in area.y..<area.bottom {
            var x = area.x
            while x + content.width <= area.right {
                put(content, x: x, y: y, style: style)
                x += content.width
            }
            if x < area.right { put(.blank, x: x, y: y, style: style) }
        }
    }

    /// Changes the style of every cell in a rectangle; a wide character changes as a whole, with its first column.
    public mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
        let area = rect.intersection(bounds)
        for y in area.y..<area.bottom {
            for x in area.x..<area.right {
                let index = y * size.width + x
                guard cells[index].width > 0 else { continue }
                cells[index].style = change(cells[index].style)
                if cells[index].width == 2 { cells[index + 1].style = cells[index].style }
            }
        }
    }

    /// Adds attributes to every cell in a rectangle.
    public mutating func restyle(_ rect: Rect, adding attributes: Style.Attributes) {
        restyle(rect) { $0.with(attributes) }
    }

    /// Stores a cluster that lies inside the buffer, and blanks the other halves of wide ones that it covers.
    private mutating func put(_ content: TextCell, x: Int, y: Int, style: Style) {
        let index = y * size.width + x
        let last = index + content.width - 1
        if cells[index].width == 0 { cells[index - 1] = Cell(.blank, style: cells[index - 1].style) }
        if cells[last].width == 2 { cells[last + 1] = Cell(.blank, style: cells[last + 1].style) }
        cells[index] = Cell(content, style: style)
        if content.width == 2 { cells[last] = Cell(.continuation, style: style) }
    }
}
