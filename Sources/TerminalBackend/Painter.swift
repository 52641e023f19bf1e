import CTerminal
import TerminalText
import TerminalUI

/// Remembers what is on the screen, and hands curses only the rows that are different now.
struct Painter {
    private let palette: Palette
    private var shown: Buffer?
    private var line: [ct_cell] = []

    init(colorCount: Int) { palette = Palette(colorCount: colorCount) }

    /// The screen is not what it was: the next buffer is painted whole.
    mutating func forget() { shown = nil }

    mutating func paint(_ buffer: Buffer) {
        let previous = shown?.size == buffer.size ? shown : nil
        for y in 0..<buffer.size.height {
            let row = buffer.row(y)
            if let previous, previous.row(y) == row { continue }
            line.removeAll(keepingCapacity: true)
            BlankStyle.forEach(in: row) { line.append(palette.encode($0)) }
            ct_paint_row(CInt(y), line, CInt(line.count))
        }
        let cursor = buffer.cursor.flatMap { buffer.bounds.contains(x: $0.x, y: $0.y) ? $0 : nil }
        ct_flush(CInt(cursor?.x ?? -1), CInt(cursor?.y ?? -1))
        shown = buffer
    }
}
