import TerminalText
import TerminalUI
import Testing

@Suite struct `A buffer` {
    @Test func `takes text and tells how far it went`() {
        var buffer = Buffer(size: Size(width: 10, height: 2))
        #expect(buffer.write("주문 ok", x: 1, y: 0) == 7)
        #expect(buffer.write("long text at the end", x: 4, y: 1) == 6)
        #expect(buffer.plainText() == " 주문 ok\n    long t")
        #expect(buffer[1, 0] == Cell(text: "주", width: 2, style: .plain))
        #expect(buffer[2, 0].width == 0)
        #expect(buffer[99, 0] == .blank)
    }

    @Test func `limits text to a width`() {
        var buffer = Buffer(size: Size(width: 10, height: 1))
        #expect(buffer.write("abcdef", x: 0, y: 0, maxWidth: 3) == 3)
        #expect(buffer.write("한글", x: 5, y: 0, maxWidth: 3) == 3)
        #expect(buffer.plainText() == "abc  한")
    }

    @Test(arguments: [(-1, " b"), (-2, "b"), (-3, ""), (0, "한b"), (3, "   한"), (4, "")])
    func `clips a wide character at its edges`(x: Int, shown: String) {
        var buffer = Buffer(size: Size(width: 5, height: 1))
        buffer.write("한b", x: x, y: 0)
        #expect(buffer.plainText() == shown)
    }

    @Test func `blanks the other half of a wide character that is overwritten`() {
        var buffer = Buffer(size: Size(width: 6, height: 1))
        buffer.write("한글말", x: 0, y: 0)
        buffer.write("x", x: 1, y: 0)
        buffer.write("y", x: 4, y: 0)
        #expect(buffer.plainText() == " x글y")
        #expect(buffer.cells.map(\.width) == [1, 1, 2, 0, 1, 1])
    }

    @Test func `stores no control character`() {
        var buffer = Buffer(size: Size(width: 20, height: 1))
        buffer.write("\u{1B}[2J\u{7}", x: 0, y: 0)
        buffer.fill(Rect(x: 10, y: 0, width: 2, height: 1), with: "\u{1B}")
        #expect(buffer.plainText() == "␛[2J␇     ␛␛")
    }

    @Test func `clips to a rectangle`() {
        var buffer = Buffer(size: Size(width: 12, height: 3))
        let area = Rect(x: 4, y: 1, width: 4, height: 1)
        buffer.write("abcdefgh", x: 2, y: 1, in: area)
        buffer.write("no", x: 4, y: 0, in: area)
        buffer.writeLine("한글 이름", in: Rect(x: 4, y: 2, width: 6, height: 1), alignment: .right)
        #expect(buffer.plainText() == "\n    cdef\n    한글 …")
    }

    @Test func `restyles wide characters as a whole`() {
        var buffer = Buffer(size: Size(width: 4, height: 1))
        buffer.write("한글", x: 0, y: 0)
        buffer.restyle(Rect(x: 2, y: 0, width: 1, height: 1), adding: .reverse)
        #expect(buffer.styleText() == "..aa\n\na = reverse")
    }

    @Test func `clearing leaves plain blanks and no cursor`() {
        var buffer = Buffer(size: Size(width: 3, height: 2))
        buffer.fill(buffer.bounds, with: "한", style: Style(.red))
        buffer.cursor = Position(x: 1, y: 1)
        buffer.clear()
        #expect(buffer == Buffer(size: Size(width: 3, height: 2)))
    }

    @Test func `names styles by letters`() {
        var buffer = Buffer(size: Size(width: 8, height: 2))
        buffer.write("ab", x: 0, y: 0, style: Style(.red, on: .blue, .bold))
        buffer.write("c", x: 3, y: 0, style: Style(.indexed(208)))
        buffer.write("d", x: 0, y: 1, style: Style(.grey, on: .standard, [.dim, .underline]))
        #expect(
            buffer.styleText() == """
                aa.b
                c

                a = bold red on blue
                b = colour 208
                c = dim underlined grey
                """)
    }

    /// Any drawing in any rectangle: no wide character loses a half, and nothing outside changes.
    @Test func `keeps its promises at every size`() {
        for width in 0...12 {
            for height in 0...6 {
                var buffer = Buffer(size: Size(width: width, height: height))
                let area = Rect(x: 2, y: 1, width: width - 4, height: height - 2)
                buffer.write("한글abc👩\u{200D}💻z\u{300}\u{301}한", x: -3, y: height / 2)
                buffer.write("한글", x: width - 1, y: 0)
                buffer.fill(area, with: "말")
                buffer.box(area, title: "제목입니다", trailing: "끝")
                buffer.divider(area, y: 2, title: "x")
                buffer.restyle(area, adding: .bold)
                expectWhole(buffer)
            }
        }
    }
}

/// Every wide character has both halves in one style, and no half stands alone.
func expectWhole(_ buffer: Buffer, sourceLocation: SourceLocation = #_sourceLocation) {
    for y in 0..<buffer.size.height {
        for x in 0..<buffer.size.width {
            let cell = buffer[x, y]
            if cell.width == 2 {
                let half = buffer[x + 1, y]
                #expect(x + 1 < buffer.size.width && half.width == 0, sourceLocation: sourceLocation)
                #expect(half.style == cell.style, sourceLocation: sourceLocation)
            }
            if cell.width == 0 {
                #expect(x > 0 && buffer[x - 1, y].width == 2, sourceLocation: sourceLocation)
            }
        }
    }
}
