/// A screen of cells: the only thing that widgets draw on.
///
/// Drawing never leaves the buffer, never splits a wide character (a half-covered one becomes a blank), and never
/// stores a control character: text is made display-safe on the way in (`TerminalText`). Coordinates are absolute and
/// count from 0 at the top left; a widget draws in the `Rect` that it is given.
public struct Buffer: Sendable, Equatable {
    public let size: Size
    /// All cells, row by row.
    public internal(set) var cells: [Cell]
    /// Where the terminal's own cursor blinks, if anywhere: an input method shows its composition there.
    public var cursor: Position?

    public init(size: Size) {
        self.size = size
        cells = Array(repeating: .blank, count: size.width * size.height)
    }

    /// The whole buffer.
    public var bounds: Rect { Rect(x: 0, y: 0, width: size.width, height: size.height) }

    /// The cell at a place; a blank outside the buffer.
    public subscript(x: Int, y: Int) -> Cell {
        bounds.contains(x: x, y: y) ? cells[y * size.width + x] : .blank
    }

    /// The cells of one row; empty outside the buffer.
    public func row(_ y: Int) -> ArraySlice<Cell> {
        y >= 0 && y < size.height ? cells[y * size.width..<(y + 1) * size.width] : []
    }

    /// Makes every cell a plain blank and hides the cursor, keeping the memory.
    public mutating func clear() {
        let blank = Cell.blank
        for index in cells.indices { cells[index] = blank }
        cursor = nil
    }
}
