import TerminalText
import Testing

@Suite struct `Fitting text` {
    @Test(arguments: [
        ("order", 5, "order"), ("order", 4, "ord…"), ("order", 1, "…"), ("order", 0, ""), ("order", -3, ""),
        ("주문완료", 8, "주문완료"), ("주문완료", 7, "주문완…"), ("주문완료", 6, "주문…"), ("주문완료", 2, "…"),
        ("주문완료", 1, "…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("\u{1B}[31m", 3, "␛[…"),
    ])
    func `cuts at a cell and says so`(text: String, width: Int, cut: String) {
        #expect(truncated(text, to: width) == cut)
    }

    @Test func `cuts without an ellipsis that does not fit`() {
        #expect(truncated("order", to: 2, ellipsis: "...") == "or")
        #expect(truncated("order", to: 4, ellipsis: "...") == "o...")
        #expect(truncated("order", to: 4, ellipsis: "") == "orde")
    }

    @Test(arguments: [
        ("ab", 5, TextAlignment.left, "ab   "), ("ab", 5, .right, "   ab"), ("ab", 5, .center, " ab  "),
        ("주문", 5, .right, " 주문"), ("주문완료", 5, .left, "주문…"), ("주문완료", 6, .right, " 주문…"),
        ("", 2, .center, "  "), ("x", 0, .left, ""), ("\t", 2, .left, "  "),
    ])
    func `fills exactly the field`(text: String, width: Int, alignment: TextAlignment, field: String) {
        #expect(padded(text, to: width, alignment: alignment) == field)
    }

    @Test func `every width is kept, whatever the text`() {
        for text in ["", "a", "한글 이름", "👩\u{200D}💻 dev", "z\u{300}\u{301}\u{302}\u{303}\u{304}", "\u{202E}x", "🇰🇷🇰🇷"] {
            for width in 0...12 {
                #expect(displayWidth(truncated(text, to: width)) <= width)
                #expect(displayWidth(padded(text, to: width, alignment: .center)) == width)
            }
        }
    }
}
