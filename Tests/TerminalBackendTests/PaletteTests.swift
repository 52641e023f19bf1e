import CTerminal
import TerminalUI
import Testing

@testable import TerminalBackend

@Suite struct `The palette` {
    @Test(
        arguments: [
            (256, Style(.red, on: .indexed(208)), 1, 208, 0), (256, Style(.grey), 8, -1, 0),
            (16, Style(.grey), 8, -1, 0),
            (8, Style(.grey), -1, -1, Style.Attributes.dim.rawValue), (8, Style(.indexed(208), on: .blue), -1, 4, 0),
            (0, Style(.red, on: .blue, .bold), -1, -1, Style.Attributes.bold.rawValue),
        ] as [(Int, Style, Int16, Int16, UInt8)])
    func `shows the colours that there are`(
        count: Int, style: Style, foreground: Int16, background: Int16, attributes: UInt8
    ) {
        let cell = Palette(colorCount: count).encode(Cell(text: "한", width: 2, style: style))
        #expect(cell.foreground == foreground)
        #expect(cell.background == background)
        #expect(cell.attributes == attributes)
        #expect(cell.base == 0xD55C)
        #expect(cell.width == 2)
    }
}
