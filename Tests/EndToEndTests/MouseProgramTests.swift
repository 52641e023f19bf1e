import Testing

/// The mouse and pasted text on the real program, whichever way a terminal's entry says that they are reported.
@Suite struct MouseProgramTests {
    /// Where a text stands on the screen.
    private func place(of text: String, in screen: ScreenEmulator, below row: Int = -1) throws -> (x: Int, y: Int) {
        for (y, cells) in screen.cells.enumerated() where y > row {
            for x in cells.indices where cells[x...].prefix(text.count).map(\.text).joined() == text { return (x, y) }
        }
        throw PseudoTerminal.Timeout(description: "'\(text)' is not on the screen\n\(screen.text)")
    }

    @Test(arguments: ["xterm-256color", "tmux-256color", "screen", "linux"])
    func `clicks select, sort, follow and change the screen, and the wheel moves`(kind: String) async throws {
        let scratch = try ScratchFolder()
        let app = try await CapturedSystem.start(scratch, columns: 240, rows: 30, environment: ["TERM": kind])
        let row = try place(of: "payment.completed", in: app.screen)
        app.click(x: row.x, y: row.y)
        try await app.waitFor("the clicked row") { $0.text.contains("▸ payment.completed") }

        // Beyond column 223, where the old way of reporting ends.
        let title = try place(of: "RATE/s", in: app.screen)
        app.click(x: title.x, y: title.y)
        try await app.waitFor("the order") { $0.text.contains("RATE/s▼") }
        app.click(x: title.x, y: title.y)
        try await app.waitFor("the order turned round") { $0.text.contains("RATE/s▲") }

        let divider = try place(of: "├ payment.completed", in: app.screen)
        let node = try place(of: "inventory-service", in: app.screen, below: divider.y)
        app.click(x: node.x, y: node.y)
        try await app.waitFor("the way to the clicked service") {
            $0.text.contains("├ payment.completed ▸ inventory-service")
        }
        app.send("\u{1B}")
        try await app.waitFor("the list") { !$0.text.contains("▸ inventory-service ─") }

        let tab = try place(of: "2 Services", in: app.screen)
        app.click(x: tab.x, y: tab.y)
        try await app.waitFor("the services") { $0.text.contains("┌ Services") }
        app.send("g")
        try await app.waitForIdle()
        let first = try place(of: "▸", in: app.screen)
        app.send("\u{1B}[<65;\(first.x + 3);\(first.y + 1)M")
        try await app.waitFor("the row three below") { $0.cells[first.y + 3][first.x].text == "▸" }
        app.send("\u{1B}[<64;\(first.x + 3);\(first.y + 1)M")
        try await app.waitFor("the first row") { $0.cells[first.y][first.x].text == "▸" }
        app.send("q")
        #expect(try await app.waitForExit() == .exited(0))
        #expect(app.isRestored)
    }

    @Test func `what is pasted is text, not keys`() async throws {
        let scratch = try ScratchFolder()
        let app = try await CapturedSystem.start(scratch)
        // Every letter of it is a key that would do something.
        app.paste("q2!c")
        try await app.waitForIdle()
        #expect(app.exitStatus == nil && app.screen.text.contains("┌ Topics"))
        app.send("/")
        app.paste("order\n주문")
        try await app.waitFor("the filter") { $0.text.contains("/order 주문") || $0.text.contains("/order주문") }
    }
}
