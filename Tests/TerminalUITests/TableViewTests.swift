import TerminalText
import TerminalUI
import Testing

@Suite struct `A table` {
    @Test func `aligns Korean, cuts what is too long and marks the selection and the order`() {
        #expect(
            draw(table(selected: 1), 48, 6) == """
                  CHANNEL            BROKER   RATE/s▼
                  order.completed    aws-sns     41.0
                ▸ 주문완료           kafka        3.0
                ? audit.mystery      kafka          —
                  a.very.long.chan…  kafka       12.3
                """ + "\n")
    }

    @Test func `marks the selected row without colour`() {
        var buffer = Buffer(size: Size(width: 20, height: 2))
        table(selected: 0).render(into: &buffer, in: buffer.bounds)
        #expect(
            buffer.styleText() == """
                ..aaaaaaa
                bbbbbbbbbbbbbbbbbbbb

                a = bold
                b = reverse
                """)
    }

    @Test func `ends the bar with a column where the table is wide, so that a move costs few bytes`() {
        let table = TableView(
            columns: [.init("A", width: .fixed(40)), .init("B", width: .fixed(70)), .init("C", width: .fixed(60))],
            rowCount: 2, selected: 1
        ) { row in TableView.Row(["a", "b", "c"].map { StyledText("\($0)\(row)") }) }
        var buffer = Buffer(size: Size(width: 200, height: 3))
        let bar = table.render(into: &buffer, in: buffer.bounds)
        #expect(bar == Rect(x: 0, y: 2, width: 2 + 40 + 2 + 70, height: 1))
        #expect(buffer[113, 2].style.attributes.contains(.reverse))
        #expect(buffer[114, 2].style == .plain && buffer[116, 2].text == "c")

        var narrow = Buffer(size: Size(width: TableView.longestBar, height: 3))
        #expect(table.render(into: &narrow, in: narrow.bounds)?.width == TableView.longestBar)
        var single = table
        single.columns = [TableView.Column("A", width: .fixed(150))]
        #expect(single.render(into: &buffer, in: buffer.bounds)?.width == TableView.longestBar)
        #expect(table.render(into: &buffer, in: Rect(x: 0, y: 0, width: 200, height: 2)) == nil)
    }

    @Test func `drops the columns of the lowest priority when the screen is narrow`() {
        #expect(draw(table(), 26, 2) == "  CHANNEL          RATE/s▼\n  order.completed     41.0")
        #expect(draw(table(), 14, 2) == "  CHANNEL\n  order.compl…")
    }

    @Test func `draws in ASCII`() {
        var ascii = table(selected: 3)
        ascii.glyphs = .ascii
        #expect(draw(ascii, 48, 6).split(separator: "\n").last == "> a.very.long.chan~  kafka       12.3")
    }

    @Test func `asks only for the rows on the screen`() {
        var asked: [Int] = []
        let table = TableView(columns: [.init("N", width: .flexible(min: 4))], rowCount: 100_000, scrollOffset: 99_990)
        {
            asked.append($0)
            return .init([StyledText("row \($0)")])
        }
        #expect(draw(table, 20, 5) == "  N\n  row 99990\n  row 99991\n  row 99992\n  row 99993")
        #expect(asked == Array(99_990..<99_994))
    }

    @Test func `knows what lies under the mouse`() {
        let area = Rect(x: 1, y: 2, width: 48, height: 6)
        #expect(table().target(x: 4, y: 2, in: area) == .title(0))
        #expect(table().target(x: 32, y: 2, in: area) == .title(2))
        #expect(table().target(x: 10, y: 4, in: area) == .row(1))
        #expect(table().target(x: 10, y: 7, in: area) == nil)
        #expect(table().target(x: 0, y: 4, in: area) == nil)
    }

    @Test func `never leaves its rectangle`() {
        for width in 0...12 {
            for height in 0...6 {
                let area = Rect(x: 2, y: 1, width: width, height: height)
                var buffer = Buffer(size: Size(width: 20, height: 9))
                table(selected: 1).render(into: &buffer, in: area)
                expectWhole(buffer)
                expectUntouched(buffer, outside: area)
            }
        }
    }

    @Test(arguments: [
        (0, 10, 100, 0, 0), (9, 10, 100, 0, 0), (10, 10, 100, 0, 1), (5, 10, 100, 50, 5), (99, 10, 100, 0, 90),
        (99, 10, 100, 95, 90), (3, 10, 5, 4, 0), (0, 0, 5, 0, 0), (7, 10, 0, 3, 0), (500, 10, 100, 0, 90),
        (50, 10, 100, 45, 45), (Int.max, 10, 100, 0, 90), (-5, 10, 100, 40, 0),
    ])
    func `scrolls as little as it can`(selected: Int, visible: Int, count: Int, previous: Int, offset: Int) {
        #expect(scrollOffset(selected: selected, visible: visible, count: count, previous: previous) == offset)
    }

    private func table(selected: Int? = nil) -> TableView {
        let rows: [(String, String, String, String)] = [
            ("order.completed", "aws-sns", "41.0", ""), ("주문완료", "kafka", "3.0", ""),
            ("audit.mystery", "kafka", "—", "?"), ("a.very.long.channel.name", "kafka", "12.3", ""),
        ]
        return TableView(
            columns: [
                .init("CHANNEL", width: .fit(min: 12, max: 17), priority: 2),
                .init("BROKER", width: .fit(min: 6, max: 8)),
                .init("RATE/s", width: .fixed(7), alignment: .right, sort: .descending, priority: 1),
            ], rowCount: rows.count, selected: selected
        ) { index in
            let row = rows[index]
            return .init([StyledText(row.0), StyledText(row.1), StyledText(row.2)], marker: StyledText(row.3))
        }
    }

    private func draw(_ table: TableView, _ width: Int, _ height: Int) -> String {
        var buffer = Buffer(size: Size(width: width, height: height))
        table.render(into: &buffer, in: buffer.bounds)
        return buffer.plainText()
    }
}

/// Every cell outside of the area is as it was in a new buffer.
func expectUntouched(_ buffer: Buffer, outside area: Rect, sourceLocation: SourceLocation = #_sourceLocation) {
    for y in 0..<buffer.size.height {
        for x in 0..<buffer.size.width where !area.contains(x: x, y: y) {
            #expect(buffer[x, y] == .blank, sourceLocation: sourceLocation)
        }
    }
}
