import Foundation
import Glibc
import Testing

/// The real program on a real pseudo-terminal.
@Suite struct DashboardProgramTests {
    private static func dashboard(
        _ scratch: ScratchFolder, columns: Int = 80, rows: Int = 24, environment: [String: String?] = [:]
    ) throws -> PseudoTerminal {
        try PseudoTerminal.spawn(
            try BuiltProduct.path("flowglass"),
            arguments: [
                Program.repository + "/catalog", "--http", "127.0.0.1:0", "--grpc", "off", "--store",
                scratch.path + "/spans.db",
            ], environment: environment, columns: columns, rows: rows, directory: scratch.path)
    }

    @Test func `it opens on the topics, shows the other screens, and gives the terminal back`() async throws {
        let scratch = try ScratchFolder()
        let app = try Self.dashboard(scratch)
        try await app.waitFor("the topics") { $0.text.contains("order.completed") && $0.text.contains("좌석 차감") }
        app.send("2")
        try await app.waitFor("the services") { $0.text.contains("api-gateway") }
        app.send("4")
        try await app.waitFor("an empty list that says what fills it") { $0.text.contains("127.0.0.1:") }
        app.send("?")
        try await app.waitFor("help") { $0.text.contains("Help") }
        // Escape and a letter at once would be Alt and the letter.
        app.send("\u{1B}")
        try await app.waitFor("the list again") { !$0.text.contains("Help") }
        app.send("q")
        #expect(try await app.waitForExit() == .exited(0))
        #expect(app.isRestored)
    }

    @Test func `an editor that cannot be started is named`() async throws {
        let scratch = try ScratchFolder()
        let app = try Self.dashboard(scratch, environment: ["EDITOR": "no-such-editor", "VISUAL": nil])
        try await app.waitFor("the topics") { $0.text.contains("order.completed") }
        app.send("je")
        try await app.waitFor("the reason") {
            $0.text.contains("cannot start the editor 'no-such-editor': no such program was found")
        }
        app.send("q")
        #expect(try await app.waitForExit() == .exited(0))
    }

    @Test func `what is saved twice gets a name of its own`() async throws {
        let scratch = try ScratchFolder()
        let app = try Self.dashboard(scratch)
        try await app.waitFor("the topics") { $0.text.contains("order.completed") }
        for name in ["flowglass-topics.txt", "flowglass-topics-2.txt", "flowglass-topics-3.txt"] {
            app.send("X")
            try await app.waitFor("the text") { $0.text.contains("This screen as text") }
            app.send("S")
            try await app.waitFor("the name") { $0.text.contains("saved as \(name)") }
            let text = try String(contentsOfFile: scratch.path + "/" + name, encoding: .utf8)
            #expect(text.hasPrefix("Flowglass, 20") && text.contains("figures of 5m\n"))
            app.send("\u{1B}")
            try await app.waitFor("the list") { !$0.text.contains("This screen as text") }
        }
        app.send("q")
        #expect(try await app.waitForExit() == .exited(0))
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a signal leaves a sane terminal`(signal: Int32) async throws {
        let scratch = try ScratchFolder()
        let app = try Self.dashboard(scratch)
        try await app.waitFor("the topics") { $0.text.contains("order.completed") }
        app.signal(signal)
        _ = try await app.waitForExit()
        #expect(app.isRestored)
    }

    @Test func `Ctrl-C leaves`() async throws {
        let scratch = try ScratchFolder()
        let app = try Self.dashboard(scratch)
        try await app.waitFor("the topics") { $0.text.contains("order.completed") }
        app.send("\u{3}")
        #expect(try await app.waitForExit() == .exited(0))
        #expect(app.isRestored)
    }

    @Test func `resizing while spans arrive ends in the picture that a fresh start would give`() async throws {
        let scratch = try ScratchFolder()
        let app = try PseudoTerminal.spawn(
            try BuiltProduct.path("flowglass"),
            arguments: [
                "demo", "--catalog", Program.repository + "/catalog", "--http", "127.0.0.1:0", "--grpc", "off",
                "--store",
                scratch.path + "/spans.db", "--rate", "3",
            ], columns: 80, rows: 24)
        try await app.waitFor("spans") { $0.text.contains("●") }
        for step in 0..<60 {
            app.resize(columns: 40 + (step * 37) % 160, rows: 10 + (step * 13) % 50)
            try await Task.sleep(for: .milliseconds(30))
            app.receive()
        }
        app.resize(columns: 100, rows: 30)
        try await app.waitFor("the last size") { $0.text.split(separator: "\n").first?.contains("6 Lint") == true }
        // The picture is held still, so that a redraw from nothing can be compared with what stands there.
        app.send("p")
        try await app.waitFor("newer data while paused") { $0.text.contains("newer data is waiting") }
        try await app.waitForQuiet()
        let drawn = app.screen.text
        app.resize(columns: 99, rows: 30)
        try await app.waitForQuiet()
        app.resize(columns: 100, rows: 30)
        try await app.waitForQuiet()
        #expect(app.screen.text == drawn)
        app.send("q")
        #expect(try await app.waitForExit() == .exited(0))
        #expect(app.isRestored)
    }

    @Test func `a catalog that is written while the dashboard is open appears`() async throws {
        let scratch = try ScratchFolder()
        let app = try PseudoTerminal.spawn(
            try BuiltProduct.path("flowglass"),
            arguments: ["--http", "127.0.0.1:0", "--grpc", "off", "--store", scratch.path + "/spans.db"],
            directory: scratch.path)
        try await app.waitFor("no catalog") { $0.text.contains("there is no catalog at catalog: `flowglass init`") }
        #expect(try await Program.run(["init"], in: scratch.path).status == 0)
        try await app.waitFor("the new catalog") { $0.text.contains("order.completed") }
        app.send("q")
        #expect(try await app.waitForExit() == .exited(0))
    }

    @Test func `a second dashboard on the same store attaches`() async throws {
        let scratch = try ScratchFolder()
        let first = try Self.dashboard(scratch)
        try await first.waitFor("the topics") { $0.text.contains("order.completed") }
        let second = try Self.dashboard(scratch)
        try await second.waitFor("the notice") {
            $0.text.contains("attached to the collector of process \(first.processID)")
        }
        second.send("q")
        #expect(try await second.waitForExit() == .exited(0))
        first.send("q")
        #expect(try await first.waitForExit() == .exited(0))
    }

    @Test func `a dashboard says that the collector it looks over has ended, and that another began`() async throws {
        let scratch = try ScratchFolder()
        let first = try Self.dashboard(scratch)
        try await first.waitFor("the topics") { $0.text.contains("order.completed") }
        let second = try Self.dashboard(scratch)
        try await second.waitFor("the collector") {
            $0.text.contains("attached to the collector of process \(first.processID)")
        }
        kill(first.processID, SIGKILL)
        try await second.waitFor("the end of the collector") { $0.text.contains("! the collector has ended") }
        let third = try Self.dashboard(scratch)
        try await second.waitFor("the next collector") {
            $0.text.contains("attached to the collector of process \(third.processID)")
                && !$0.text.contains("has ended")
        }
        for app in [second, third] {
            app.send("q")
            #expect(try await app.waitForExit() == .exited(0))
        }
    }

    @Test func `an idle dashboard uses no processor time`() async throws {
        let scratch = try ScratchFolder()
        let app = try Self.dashboard(scratch)
        try await app.waitFor("the topics") { $0.text.contains("order.completed") }
        try await app.waitForQuiet(.seconds(1))
        func ticks() throws -> Int {
            let stat = try String(contentsOfFile: "/proc/\(app.processID)/stat", encoding: .utf8)
            let fields = try #require(stat.split(separator: ")").last).split(separator: " ")
            return try #require(Int(fields[11])) + (try #require(Int(fields[12])))
        }
        let (before, begin) = (try ticks(), ContinuousClock.now)
        try await Task.sleep(for: .seconds(3))
        // On a busy machine the sleep takes longer than it was asked for.
        let allowed = Int((ContinuousClock.now - begin) / .seconds(3))
        #expect(try ticks() - before <= allowed)
    }
}
