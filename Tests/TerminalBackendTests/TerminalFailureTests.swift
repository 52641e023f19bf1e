import Testing

@testable import TerminalBackend

@Suite struct `A terminal failure` {
    @Test(arguments: [
        (TerminalFailure.notATerminal, "standard input and output must be a terminal"),
        (.unnamedTerminal, "TERM is not set"),
        (.incapableTerminal(name: "dumb"), "the terminal 'dumb' cannot place text on the screen"),
        (.unknownTerminal(name: "x\u{1B}[2J"), "the terminal 'x␛[2J' is not in the terminfo database"),
        (.alreadyOpen, "the terminal is already in use by this process"),
        (.system(code: 12), "Cannot allocate memory"),
    ])
    func `is one sentence`(failure: TerminalFailure, reason: String) {
        #expect("\(failure)" == "cannot show the dashboard: " + reason)
    }
}

@Suite struct `Base64` {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"), ("주문", "7KO866y4"),
        ("\u{1B}]0;x\u{7}", "G10wO3gH"),
    ])
    func `is RFC 4648's`(text: String, encoded: String) {
        #expect(base64(text.utf8) == encoded)
    }
}
