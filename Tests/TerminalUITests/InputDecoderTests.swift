import TerminalUI
import Testing

@Suite struct `The input decoder` {
    @Test(arguments: [
        ("j", "j"), ("한", "한"), ("\r", "<Enter>"), ("\n", "<Enter>"), ("\t", "<Tab>"), ("\u{7F}", "<Backspace>"),
        ("\u{3}", "<C-c>"), ("\u{0}", "<C-Space>"), ("\u{1B}", "<Esc>"), ("\u{1B}x", "<A-x>"), ("\u{1B}한", "<A-한>"),
        ("\u{1B}\u{1B}", "<Esc> <Esc>"), ("\u{1B}[", "<A-[>"), ("\u{1B}O", "<A-O>"), ("\u{1B}[A", "<Up>"),
        ("\u{1B}OA", "<Up>"), ("\u{1B}[1;5D", "<C-Left>"), ("\u{1B}[1;3B", "<A-Down>"), ("\u{1B}[H", "<Home>"),
        ("\u{1B}[4~", "<End>"), ("\u{1B}[6~", "<PageDown>"), ("\u{1B}[Z", "<BackTab>"), ("\u{1B}OP", "<F1>"),
        ("\u{1B}[24~", "<F12>"), ("\u{1B}OM", "<Enter>"), ("\u{1B}[<0;280;3M", "<Click:279,2>"),
        ("\u{1B}[<64;2;2M", "<WheelUp:1,1>"), ("\u{1B}[<81;2;2M", "<WheelDown:1,1>"),
        ("\u{1B}[M !!", "<Click:0,0>"), ("\u{1B}[200~a\u{1B}[Ab\u{1B}[201~c", "<Paste:a\u{1B}[Ab> c"),
        ("aj\u{1B}[Bk", "a j <Down> k"),
    ])
    func `knows keys, the mouse and pastes`(bytes: String, script: String) {
        #expect(decode(bytes.utf8) == KeyScript.parse(script))
    }

    @Test(arguments: [
        "\u{1B}[27;5;113~", "\u{1B}[?1;2c", "\u{1B}[I", "\u{1B}[<35;1;1M", "\u{1B}[<0;1;1m", "\u{1B}[99~", "\u{1B}[<M",
        "\u{1B}[<0;0;0M", "\u{1B}[<0;99999999999999999999M", "\u{1B}Oz", "\u{1B}[1;2$y",
    ])
    func `types nothing for what it does not know`(bytes: String) {
        #expect(decode((bytes + "q").utf8) == KeyScript.parse("q"))
    }

    @Test func `bounds coordinates`() {
        #expect(decode("\u{1B}[<0;999999999999999999999;1M".utf8) == [.mouse(Mouse(.press, x: 65_534, y: 0))])
    }

    @Test func `waits for the rest of a character and of a sequence`() {
        var decoder = InputDecoder()
        #expect(feed(&decoder, [0xED, 0x95]) == [])
        #expect(feed(&decoder, [0x9C, 0x1B]) == KeyScript.parse("한 <Esc>"))
        #expect(feed(&decoder, Array("\u{1B}[<0;1".utf8)) == [])
        #expect(feed(&decoder, Array("2;3Mj".utf8)) == KeyScript.parse("<Click:11,2> j"))
    }

    @Test(
        arguments: [
            ([0xFF, 0x6A], "\u{FFFD}j"), ([0xED, 0x95, 0x6A], "\u{FFFD}j"), ([0xC0, 0x80, 0x6A], "\u{FFFD}\u{FFFD}j"),
            ([0x80], "\u{FFFD}"), ([0xF0, 0x9F, 0x98, 0x80], "😀"),
        ] as [([UInt8], String)])
    func `replaces malformed UTF-8 and loses nothing after it`(bytes: [UInt8], text: String) {
        #expect(decode(bytes) == text.unicodeScalars.map { .key(Key(.character($0))) })
    }

    @Test func `takes keys from terminfo, also with Alt`() {
        var decoder = InputDecoder()
        #expect(decoder.feed(.key(Key(.up))) == [.key(Key(.up))])
        #expect(decoder.feed(.byte(0x1B)) == [])
        #expect(decoder.feed(.key(Key(.up))) == [.key(Key(.up, alt: true))])
        #expect(decoder.endOfRead() == [])
    }

    @Test func `reads a mouse report after its prefix`() {
        var decoder = InputDecoder()
        #expect(decoder.feed(.mousePrefix) == [])
        #expect(feed(&decoder, Array("0;5;6M".utf8)) == [.mouse(Mouse(.press, x: 4, y: 5))])
    }

    @Test func `a paste is one event, however it is cut`() {
        var decoder = InputDecoder()
        #expect(decoder.feed(.pasteBegin) == [])
        #expect(feed(&decoder, Array("주문\r".utf8.prefix(4))) == [])
        #expect(feed(&decoder, Array("주문\r완료".utf8.dropFirst(4))) == [])
        #expect(decoder.feed(.key(Key(.up))) == [])
        #expect(decoder.feed(.pasteEnd) == [.paste("주문\n완료")])
        #expect(feed(&decoder, [0x6A]) == KeyScript.parse("j"))
    }

    @Test func `Ctrl-C gets out of a paste that never ends`() {
        #expect(decode("\u{1B}[200~lost\u{3}q".utf8) == KeyScript.parse("<Paste:lost> <C-c> q"))
    }

    @Test func `a paste and a sequence have an end`() {
        let long = "\u{1B}[200~" + String(repeating: "x", count: 200_000) + "\u{1B}[201~q"
        #expect(decode(long.utf8) == [.paste(String(repeating: "x", count: 65_536))] + KeyScript.parse("q"))
        let endless = decode("\u{1B}[".utf8 + Array(repeating: UInt8(ascii: "1"), count: 100))
        #expect(endless.count < 100)
    }

    private func decode(_ bytes: some Sequence<UInt8>) -> [TerminalEvent] {
        var decoder = InputDecoder()
        return feed(&decoder, Array(bytes))
    }

    private func feed(_ decoder: inout InputDecoder, _ bytes: [UInt8]) -> [TerminalEvent] {
        bytes.flatMap { decoder.feed(.byte($0)) } + decoder.endOfRead()
    }
}
