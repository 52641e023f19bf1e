extension Buffer {
    /// Draws a frame along the inside of a rectangle, with a title in its top left: `┌ Topics ───┐`.
    ///
    /// `trailing` stands at the right end of the same line. A rectangle narrower or lower than two cells stays empty.
    public mutating func box(
        _ rect: Rect, title: String = "", style: Style = .plain, titleStyle: Style? = nil, glyphs: BoxGlyphs = .light,
        trailing: String = ""
    ) {
        guard rect.width >= 2, rect.height >= 2 else { return }
        let inner = rect.width - 2
        for (y, left, right) in [
            (rect.y, glyphs.topLeft, glyphs.topRight), (rect.bottom - 1, glyphs.bottomLeft, glyphs.bottomRight),
        ] {
            write(left, x: rect.x, y: y, style: style)
            fill(Rect(x: rect.x + 1, y: y, width: inner, height: 1), with: glyphs.horizontal, style: style)
            write(right, x: rect.right - 1, y: y, style: style)
        }
        let side = Rect(x: rect.x, y: rect.y + 1, width: 1, height: rect.height - 2)
        fill(side, with: glyphs.vertical, style: style)
        fill(Rect(x: rect.right - 1, y: side.y, width: 1, height: side.height), with: glyphs.vertical, style: style)
        label(rect, y: rect.y, title: title, trailing: trailing, style: titleStyle ?? style, glyphs: glyphs)
    }

    /// Draws a line across a box, joined to both of its sides: `├ order.completed ───┤`.
    public mutating func divider(
        _ rect: Rect, y: Int, title: String = "", style: Style = .plain, titleStyle: Style? = nil,
        glyphs: BoxGlyphs = .light, trailing: String = ""
    ) {
        guard rect.width >= 2, y >= rect.y, y < rect.bottom else { return }
        write(glyphs.leftTee, x: rect.x, y: y, style: style)
        fill(Rect(x: rect.x + 1, y: y, width: rect.width - 2, height: 1), with: glyphs.horizontal, style: style)
        write(glyphs.rightTee, x: rect.right - 1, y: y, style: style)
        label(rect, y: y, title: title, trailing: trailing, style: titleStyle ?? style, glyphs: glyphs)
    }

    /// The title and the trailing text on a horizontal line of a box; the trailing text goes first when room is short.
    private mutating func label(
        _ rect: Rect, y: Int, title: String, trailing: String, style: Style, glyphs: BoxGlyphs
    ) {
        var room = rect.width - 4
        if !title.isEmpty && room > 0 {
            let text = StyledText(title, style).truncated(to: room, ellipsis: glyphs.ellipsis)
            write(StyledText(" ", style) + text + StyledText(" ", style), x: rect.x + 1, y: y)
            room -= text.width + 3
        }
        let width = StyledText(trailing).width
        if width > 0 && width <= room {
            write(" " + trailing + " ", x: rect.right - 3 - width, y: y, style: style)
        }
    }
}
