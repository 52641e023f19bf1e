import CTerminal
import TerminalText
import TerminalUI

/// Styles in the terminal's own terms: palette indexes for its number of colours, and attributes.
struct Palette {
    /// 0 on a monochrome terminal.
    let colorCount: Int

    func encode(_ cell: Cell) -> ct_cell {
        let (first, second, third, fourth) = cell.content.markValues
        var attributes = cell.style.attributes
        // Where there is no grey, the terminal's own foreground in a lower voice.
        if cell.style.foreground == .grey && colorCount < 16 { attributes.insert(.dim) }
        return ct_cell(
            base: cell.content.base.value, marks: (first, second, third, fourth),
            foreground: index(of: cell.style.foreground), background: index(of: cell.style.background),
            width: UInt8(cell.width), attributes: attributes.rawValue)
    }

    /// -1 for the terminal's own colour, and for colours that it does not have.
    private func index(of color: Style.Color) -> Int16 {
        let index: Int16 =
            switch color {
            case .standard: -1
            case .black: 0
            case .red: 1
            case .green: 2
            case .yellow: 3
            case .blue: 4
            case .magenta: 5
            case .cyan: 6
            case .white: 7
            case .grey: 8
            case .indexed(let index): Int16(index)
            }
        return index < colorCount ? index : -1
    }
}
