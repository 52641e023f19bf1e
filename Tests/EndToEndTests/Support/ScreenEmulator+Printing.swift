import TerminalText

// Characters, lines, and what moves them.
extension ScreenEmulator {
    mutating func print(_ scalar: Unicode.Scalar) {
        let shown = lineDrawingSlots[slot] ? Self.lineDrawing[scalar] ?? String(scalar) : String(scalar)
        if scalar.properties.generalCategory == .nonspacingMark || scalar.properties.generalCategory == .enclosingMark {
            cells[y][max(0, wrapsNext ? x : x - 1)].text += shown
            return
        }
        let width = displayWidth(shown)
        if wrapsNext || x + width > columns {
            x = 0
            lineFeed()
        }
        put(shown, width: width)
        wrapsNext = x + width >= columns
        x = min(columns - 1, x + width)
    }

    private mutating func put(_ text: String, width: Int) {
        for column in x..<min(columns, x + width) {
            // Half of a wide character is no character.
            if cells[y][column].text.isEmpty && column > 0 { cells[y][column - 1].text = " " }
            if column + 1 < columns && cells[y][column + 1].text.isEmpty { cells[y][column + 1].text = " " }
        }
        cells[y][x] = Cell(text: text, look: look)
        if width == 2 && x + 1 < columns { cells[y][x + 1] = Cell(text: "", look: look) }
    }

    mutating func control(_ byte: UInt8) {
        switch byte {
        case 0x07: bells += 1
        case 0x08: x = max(0, x - 1)
        case 0x09: x = min(columns - 1, (x / 8 + 1) * 8)
        case 0x0A, 0x0B, 0x0C: lineFeed()
        case 0x0D: x = 0
        case 0x0E: slot = 1
        case 0x0F: slot = 0
        default: unknown.append("control \(byte)")
        }
        wrapsNext = false
    }

    mutating func lineFeed() {
        wrapsNext = false
        if y == scrollBottom { scroll(by: 1, from: scrollTop) } else { y = min(rows - 1, y + 1) }
    }

    mutating func reverseLineFeed() {
        wrapsNext = false
        if y == scrollTop { scroll(by: -1, from: scrollTop) } else { y = max(0, y - 1) }
    }

    /// Moves the lines from one to the end of the scrolling region up, or down if negative.
    mutating func scroll(by lines: Int, from top: Int) {
        guard top <= scrollBottom else { return }
        let blank = blankLine
        for _ in 0..<min(abs(lines), scrollBottom - top + 1) {
            if lines > 0 {
                cells.remove(at: top)
                cells.insert(blank, at: scrollBottom)
            } else {
                cells.remove(at: scrollBottom)
                cells.insert(blank, at: top)
            }
        }
    }

    /// A blank has the background of the moment ("background colour erase").
    var blank: Cell { Cell(text: " ", look: Look(background: look.background)) }
    var blankLine: [Cell] { Array(repeating: blank, count: columns) }

    private static let lineDrawing: [Unicode.Scalar: String] = [
        "q": "─", "x": "│", "l": "┌", "k": "┐", "m": "└", "j": "┘", "t": "├", "u": "┤", "w": "┬", "v": "┴", "n": "┼",
    ]
}
