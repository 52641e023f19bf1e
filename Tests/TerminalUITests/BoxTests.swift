import TerminalUI
import Testing

@Suite struct `A box` {
    @Test func `has a title at the left and a note at the right`() {
        #expect(
            draw(24, 3, title: "Topics", trailing: "14 of 212") == """
                ┌ Topics ─── 14 of 212 ┐
                │                      │
                └──────────────────────┘
                """)
    }

    @Test func `cuts the title and drops the note when room is short`() {
        #expect(
            draw(12, 2, title: "order.completed", trailing: "14") == """
                ┌ order.c… ┐
                └──────────┘
                """)
        #expect(
            draw(12, 2, title: "주문완료됨", trailing: "14") == """
                ┌ 주문완… ─┐
                └──────────┘
                """)
    }

    @Test func `is drawn in ASCII where there is no UTF-8`() {
        #expect(
            draw(12, 4, title: "Topics", glyphs: .ascii) == """
                + Topics --+
                |          |
                +----------+
                +----------+
                """)
    }

    @Test(arguments: [(2, 2, "┌┐\n└┘"), (1, 5, "\n\n\n\n"), (5, 1, ""), (0, 0, "")])
    func `needs two columns and two rows`(width: Int, height: Int, shown: String) {
        #expect(draw(width, height, title: "T") == shown)
    }

    private func draw(
        _ width: Int, _ height: Int, title: String, trailing: String = "", glyphs: BoxGlyphs = .light
    ) -> String {
        var buffer = Buffer(size: Size(width: width, height: height))
        buffer.box(buffer.bounds, title: title, glyphs: glyphs, trailing: trailing)
        if height > 3 { buffer.divider(buffer.bounds, y: 2, glyphs: glyphs) }
        return buffer.plainText()
    }
}
