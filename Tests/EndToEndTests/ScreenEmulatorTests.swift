import Testing

@Suite struct `The screen emulator` {
    @Test(arguments: [
        ("ab\r\ncd", "ab\ncd\n"), ("abcdefghij", "abcdefgh\nij\n"), ("abcdefgh\rX", "Xbcdefgh\n\n"),
        ("\u{1B}[2;3Hx", "\n  x\n"), ("주문\u{1B}[1;2Hx", " x문\n\n"), ("1234567주", "1234567\n주\n"),
        ("a\nb\nc\nd", " b\n  c\n   d"), ("abc\u{1B}[2D\u{1B}[K", "a\n\n"), ("abc\u{1B}[1;1H\u{1B}[2@", "  abc\n\n"),
        ("abcd\u{1B}[1;2H\u{1B}[2P", "ad\n\n"), ("a\u{1B}[4b", "aaaaa\n\n"), ("abc\u{1B}[1;1H\u{1B}[2X", "  c\n\n"),
        ("a\r\nb\r\nc\u{1B}[1;1H\u{1B}[M", "b\nc\n"), ("a\r\nb\u{1B}[1;1H\u{1B}[L", "\na\nb"),
        ("a\r\nb\u{1B}[H\u{1B}M", "\na\nb"), ("abc\u{1B}[2J", "\n\n"), ("\u{1B}(0lqk\u{1B}(Bq", "┌─┐q\n\n"),
        ("e\u{301}!", "e\u{301}!\n\n"), ("\u{1B}[?1049hx", "x\n\n"), ("a\u{1B}[?1049hx\u{1B}[?1049l", "a\n\n"),
    ])
    func `shows what a terminal shows`(bytes: String, text: String) {
        var screen = ScreenEmulator(columns: 8, rows: 3)
        // Byte by byte: a read may end anywhere.
        for byte in bytes.utf8 { screen.feed([byte]) }
        #expect(screen.text == text)
        #expect(screen.unknown == [])
    }

    @Test func `keeps looks, titles, the clipboard and modes`() {
        var screen = ScreenEmulator(columns: 8, rows: 1)
        screen.feed(
            "\u{1B}[1;38;5;208ma\u{1B}[0;7mb\u{1B}]2;title\u{7}\u{1B}]52;c;YQ==\u{1B}\\\u{1B}[?25l\u{1B}[?1000;1006h"
                .utf8)
        #expect(screen.cells[0][0].look == ScreenEmulator.Look(isBold: true, foreground: 208))
        #expect(screen.cells[0][1].look == ScreenEmulator.Look(isReverse: true))
        #expect(screen.titles == ["title"])
        #expect(screen.clipboard == ["YQ=="])
        #expect(!screen.isCursorVisible)
        #expect(screen.modes == [1000, 1006])
        #expect(screen.unknown == [])
    }

    @Test func `reports what it does not know`() {
        var screen = ScreenEmulator(columns: 8, rows: 1)
        screen.feed("\u{1B}[5y\u{1B}[?9999h\u{1B}Pq\u{7}".utf8)
        #expect(screen.unknown == ["CSI 5y", "mode 9999", "string Pq"])
    }

    @Test func `finds text by columns`() {
        var screen = ScreenEmulator(columns: 12, rows: 2)
        screen.feed("\r\n주문 완료".utf8)
        #expect(screen.find("완료").map { [$0.x, $0.y] } == [5, 1])
        #expect(screen.contains("문 완"))
        #expect(screen.find("없다") == nil)
    }

    @Test(arguments: ["\u{1B}", "\u{1B}[", "\u{1B}[12;", "\u{1B}("])
    func `a sequence that was cut off is given up where the next one begins`(cut: String) {
        var screen = ScreenEmulator(columns: 8, rows: 1)
        screen.feed(Array(cut.utf8) + Array("\u{1B}[3Ga".utf8))
        #expect(screen.text == "  a" && screen.unknown.isEmpty)
    }
}
