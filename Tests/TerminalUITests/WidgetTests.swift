import TerminalUI
import Testing

@Suite struct `A sparkline` {
    @Test(
        arguments: [
            ([1, 2, 3, 4, 5, 6, 7, 8], 8, "▁▂▃▄▅▆▇█"), ([0, 1, 0, 8], 4, " ▁ █"), ([5, 5], 4, "  ██"),
            ([1, 2, 3, 100], 2, "▁█"), ([], 3, "   "), ([0, 0], 2, "  "), ([-1, .nan, 4], 3, "  █"),
            ([.infinity, 2, 4], 3, "█▄█"), ([1], 0, ""), ([1e-300, 1], 2, "▁█"),
        ] as [([Double], Int, String)])
    func `shows the newest values at the right`(values: [Double], width: Int, bars: String) {
        #expect(Sparkline(values).text(width: width) == bars)
    }

    @Test func `keeps the scale that it is given`() {
        #expect(Sparkline([1, 2, 9], maximum: 8).text(width: 3) == "▁▂█")
        #expect(Sparkline([1, 2], maximum: 0).text(width: 2) == "  ")
    }

    @Test func `has eight heights in ASCII`() {
        #expect(Sparkline([1, 2, 3, 4, 5, 6, 7, 8], glyphs: .ascii).text(width: 8) == ".:-=+*#@")
    }
}

@Suite struct `Styled text` {
    private let text = "order" + StyledText("주문", Style(.grey)) + StyledText("!", Style(.red))

    @Test(arguments: [(10, "order주문!"), (9, "order주…"), (8, "order주…"), (7, "order…"), (5, "orde…"), (1, "…"), (0, "")])
    func `is cut in the style of the cut`(width: Int, shown: String) {
        let cut = text.truncated(to: width)
        #expect(cut.text == shown)
        #expect(cut.width <= width)
    }

    @Test func `is written run by run`() {
        var buffer = Buffer(size: Size(width: 12, height: 1))
        #expect(buffer.write(text, x: 1, y: 0) == 10)
        #expect(buffer.styleText() == "......aaaab\n\na = grey\nb = red")
    }
}
