import TerminalText
import Testing

@Suite struct `Display width` {
    @Test(arguments: [
        ("", 0), ("order", 5), ("주문완료", 8), ("漢字かな", 8), ("a한b", 4), ("─│┌", 3), ("▁▂▃█", 4), ("é", 1),
        ("กำ", 2), ("क्षि", 3), ("\u{A0}", 1), ("\u{3000}", 2), ("ｱ", 1), ("Ａ", 2), ("😀", 2), ("🫨", 2), ("❤", 1),
        ("⌚", 2), ("\u{E000}", 1), ("؀", 1),
    ])
    func `counts the columns that a terminal uses`(text: String, width: Int) {
        #expect(displayWidth(text) == width)
    }

    @Test(arguments: [
        // Conjoining jamo, as macOS writes file names: 주문.
        ("\u{110C}\u{116E}\u{1106}\u{116E}\u{11AB}", "주문", 4),
        ("e\u{301}", "e\u{301}", 1),
        ("👩\u{200D}💻", "👩", 2),
        ("👍🏽", "👍", 2),
        ("👩🏽\u{200D}🚀!", "👩!", 3),
        ("❤\u{FE0F}", "❤", 1),
        ("🇰🇷", "KR", 2),
        ("1\u{FE0F}\u{20E3}", "1\u{20E3}", 1),
        ("🏴\u{E0067}\u{E0062}\u{E007F}", "🏴", 2),
        ("می\u{200C}خواهم", "میخواهم", 7),
        ("\u{301}a", "\u{25CC}\u{301}a", 2),
    ])
    func `collapses sequences on which terminals disagree`(text: String, shown: String, width: Int) {
        #expect(Array(displaySafe(text).unicodeScalars) == Array(shown.unicodeScalars))
        #expect(displayWidth(text) == width)
    }

    @Test func `zalgo keeps four marks`() {
        let text = "z" + String(repeating: "\u{300}\u{316}", count: 500) + "!"
        #expect(displaySafe(text).unicodeScalars.count == 6)
        #expect(displayWidth(text) == 2)
    }

    @Test func `a precomposed syllable takes a final consonant`() {
        #expect(displaySafe("무\u{11AB}") == "문")
        #expect(TextCells("무\u{11AB}").map(\.width) == [2])
    }
}
