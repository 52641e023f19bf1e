public import TerminalText

/// One cell: a display-safe cluster that takes `width` columns, or the second column of the wide one to its left.
public struct Cell: Sendable, Equatable {
    /// What is drawn, as a plain value.
    public let content: TextCell
    public var style: Style

    public static let blank = Cell(.blank, style: .plain)

    init(_ content: TextCell, style: Style) {
        self.content = content
        self.style = style
    }

    /// The cell that shows the first cluster of a text; with width 0, a continuation.
    public init(text: String, width: Int, style: Style) {
        var cells = TextCells(text)
        self.init(width == 0 ? .continuation : cells.next() ?? .blank, style: style)
    }

    /// The text of the cell; empty for the continuation of a wide cell.
    public var text: String { content.text }
    /// 1, 2, or 0 for a continuation.
    public var width: Int { content.width }
}
