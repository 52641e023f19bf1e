import TerminalText
import TerminalUI

/// Which style blanks are painted in.
///
/// A blank shows nothing of its foreground, and no bold or dim: it may have any. Every change of style costs the
/// terminal some ten bytes, so a short gap takes the style of what follows it, or of what stands before it; a long one is
/// plain, which a terminal can erase instead of write. What follows comes first, because the mark before a list's row
/// changes together with the row, and the frame before the mark does not.
enum BlankStyle {
    /// Up to here a gap is cheaper to write than to erase.
    private static let longestGap = 6

    /// Gives each cell of a row with the style that it is painted in, from left to right.
    static func forEach(in row: ArraySlice<Cell>, _ body: (Cell) -> Void) {
        var before = Style.plain
        var index = row.startIndex
        while index < row.endIndex {
            let cell = row[index]
            guard isOpen(cell) else {
                body(cell)
                if cell.width > 0 { before = cell.style }
                index += 1
                continue
            }
            let background = cell.style.background
            let end = row[index...].firstIndex { !isOpen($0) || $0.style.background != background } ?? row.endIndex
            var blank = Cell.blank
            blank.style = Style(.standard, on: background)
            if end - index <= longestGap, end < row.endIndex {
                let neighbours = [row[end].style, before]
                blank.style = neighbours.first { spreads($0, on: background) } ?? blank.style
            }
            for _ in index..<end { body(blank) }
            before = blank.style
            index = end
        }
    }

    /// What shows on a blank too.
    private static let visible: Style.Attributes = [.reverse, .underline]

    private static func spreads(_ style: Style, on background: Style.Color) -> Bool {
        style.background == background && style.attributes.isDisjoint(with: visible)
    }

    private static func isOpen(_ cell: Cell) -> Bool {
        cell.content == .blank && cell.style.attributes.isDisjoint(with: visible)
    }
}
