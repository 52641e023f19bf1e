public import TerminalText

/// A screen of cells: the only thing that widgets draw on.
///
/// Drawing never leaves the buffer, never splits a wide character (a half-covered one becomes a blank), and never
/// stores a control character: text is made display-safe on the way in (`TerminalText`).
public struct Buffer: Sendable, Equatable {
    public let size: Size
    public private(set) var cells: [Cell]

    public init(size: Size) {
        self.size = size
        cells = Array(repeating: .blank, count: size.width * size.height)
    }

    /// The whole buffer.
    public var bounds: Rect { Rect(x: 0, y: 0, width: size.width, height: size.height) }
}

/// One cell: a display-safe cluster that takes `width` columns, or the second column of the wide one to its left.
public struct Cell: Sendable, Equatable {
    /// The text of the cell; empty for the continuation of a wide cell.
    public var text: String
    /// 1, 2, or 0 for a continuation.
    public var width: Int
    public var style: Style

    public static let blank = Cell(text: " ", width: 1, style: .plain)

    public init(text: String, width: Int, style: Style) {
        self.text = text
        self.width = width
        self.style = style
    }
}
