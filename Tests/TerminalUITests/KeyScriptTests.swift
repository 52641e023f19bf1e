import TerminalUI
import Testing

@Suite struct `A key script` {
    @Test func `names keys, the mouse, pastes and sizes`() {
        #expect(
            KeyScript.parse("j /한 <Enter> <C-c> <A-x> <F5> <lt> <Space> <Click:12,3> <Paste:a b> <Resize:80x24>") == [
                .key(Key(.character("j"))), .key(Key(.character("/"))), .key(Key(.character("한"))), .key(Key(.enter)),
                .key(Key(.character("c"), control: true)), .key(Key(.character("x"), alt: true)),
                .key(Key(.function(5))), .key(Key(.character("<"))), .key(Key(.character(" "))),
                .mouse(Mouse(.press, x: 12, y: 3)), .paste("a b"), .resize(Size(width: 80, height: 24)),
            ])
    }

    @Test(arguments: [
        ("j", "j"), ("<C-c>", "Ctrl-C"), ("<A-x>", "Alt-x"), ("<Enter>", "Enter"), ("<Space>", "Space"),
        ("<F12>", "F12"), ("<C-A-Up>", "Ctrl-Alt-Up"), ("<PageDown>", "PageDown"),
    ])
    func `keys have names for people`(script: String, name: String) {
        let names = KeyScript.parse(script).compactMap { event in
            if case .key(let key) = event { key.description } else { nil }
        }
        #expect(names == [name])
    }
}
