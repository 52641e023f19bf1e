import TerminalText

/// One line with text at both ends; the left one goes first when room is short.
public struct StatusBar: Sendable, Equatable {
    public var leading: StyledText
    public var trailing: StyledText
    /// Fills the line between the texts.
    public var style: Style
    public var glyphs: Glyphs

    public init(
        leading: StyledText, trailing: StyledText = "", style: Style = .plain, glyphs: Glyphs = .unicode
    ) {
        self.leading = leading
        self.trailing = trailing
        self.style = style
        self.glyphs = glyphs
    }

    public func render(into buffer: inout Buffer, in area: Rect) {
        guard !area.isEmpty else { return }
        buffer.fill(Rect(x: area.x, y: area.y, width: area.width, height: 1), style: style)
        let used = buffer.writeLine(trailing, in: area, alignment: .right, ellipsis: glyphs.ellipsis)
        let gap = used > 0 ? 1 : 0
        let rest = Rect(x: area.x, y: area.y, width: area.width - used - gap, height: 1)
        buffer.writeLine(leading, in: rest, ellipsis: glyphs.ellipsis)
    }
}
