import TerminalUI
import Testing

@Suite struct `A text input` {
    @Test(arguments: [
        ("p a y", "pay|"), ("주 문 완 료 <Backspace>", "주문완|"), ("a b c <Left> <Left> X", "aX|bc"),
        ("a b <Home> <Delete>", "|b"), ("a b <Home> 한 <End> !", "한ab!|"), ("a b <C-u>", "|"),
        ("a <Space> b <C-w>", "a |"), ("a b <Space> <Space> <C-w> x", "x|"), ("a b c <C-a> <Right> <C-k>", "a|"),
        ("<Backspace> <Delete> <Left> <Right>", "|"), ("<Paste:one two>", "one two|"), ("a b <C-b> <C-d>", "a|"),
        ("a b <C-h>", "a|"), ("a <A-Backspace>", "|"),
    ])
    func `is edited by keys`(script: String, result: String) {
        #expect(typed(script) == result)
    }

    @Test func `turns line breaks of a paste into blanks`() {
        var input = TextInput("a")
        _ = input.handle(.paste("b\r\nc\nd"))
        #expect(input.text == "ab c d")
    }

    @Test func `takes no more than a line`() {
        var input = TextInput()
        _ = input.handle(.paste(String(repeating: "한", count: 50_000)))
        #expect(input.text.count == TextInput.maximumLength)
    }

    @Test(arguments: ["<Enter>", "<Esc>", "<Up>", "<Tab>", "<C-c>", "<F1>", "<Click:1,1>", "<A-x>", "<Resize:9x9>"])
    func `leaves other keys to the screen`(script: String) {
        var input = TextInput("a")
        for event in KeyScript.parse(script) {
            let isEdit = input.handle(event)
            #expect(!isEdit)
        }
        #expect(input.text == "a")
    }

    @Test(arguments: [
        ("", 5, "", 0), ("abc", 5, "abc", 3), ("abcdef", 5, "cdef", 4), ("주문", 5, "주문", 4), ("주문완료", 5, "완료", 4),
        ("주문완료", 4, " 료", 3), ("abc", 1, "", 0),
    ])
    func `scrolls so that its cursor has a column`(text: String, width: Int, shown: String, cursor: Int) {
        var buffer = Buffer(size: Size(width: 9, height: 1))
        TextInput(text).render(into: &buffer, in: Rect(x: 2, y: 0, width: width, height: 1))
        #expect(buffer.plainText() == (shown.isEmpty ? "" : "  " + shown))
        #expect(buffer.cursor == Position(x: 2 + cursor, y: 0))
    }

    /// Types a script and shows the cursor as a bar.
    private func typed(_ script: String) -> String {
        var input = TextInput()
        for event in KeyScript.parse(script) { _ = input.handle(event) }
        return input.beforeCursor + "|" + input.afterCursor
    }
}
