import Foundation
import Glibc
import Testing

/// The real program, whatever happens to its terminal.
@Suite struct NeverInTheWayTests {
    @Test func `Ctrl-Z gives the shell its terminal, and fg takes it again`() async throws {
        let scratch = try ScratchFolder()
        let shell = try PseudoTerminal.spawn(
            "/bin/bash", arguments: ["--norc", "-i"],
            environment: ["PROGRAM": try BuiltProduct.path("flowglass"), "HOME": scratch.path, "PS1": "$ "],
            directory: scratch.path)
        let words = try CapturedSystem.arguments().map { "'\($0)'" }.joined(separator: " ")
        try Data("\"$PROGRAM\" \(words)\n".utf8).write(to: URL(fileURLWithPath: scratch.path + "/show"))
        try await shell.waitFor("the prompt") { $0.text.hasPrefix("$") }
        shell.send("source ./show\r")
        try await shell.waitFor("the topics") { $0.text.contains("channels") }
        for round in 1...2 {
            shell.send("\u{1A}")
            try await shell.waitFor("the shell") { !$0.isAlternate && $0.text.contains("Stopped") }
            #expect(shell.screen.isCursorVisible)
            #expect(shell.screen.modes.isDisjoint(with: [1000, 1006, 2004]) || shell.screen.modes.contains(2004))
            shell.send("echo $((40 + \(round)))\r")
            try await shell.waitFor("the answer of the shell") { $0.text.contains("\n4\(round)\n") }
            shell.send("fg\r")
            try await shell.waitFor("the screen again") { $0.isAlternate && $0.text.contains("channels") }
            // What the keys did while it was away was the shell's; these are the program's again.
            shell.send("2")
            try await shell.waitFor("the services") { $0.text.contains("Services ─") }
            shell.send("1")
            try await shell.waitFor("the topics again") { $0.text.contains("Topics ─") }
        }
        shell.send("q")
        try await shell.waitFor("the shell in the end") { !$0.isAlternate }
        shell.send("exit\r")
        #expect(try await shell.waitForExit() == .exited(0))
        #expect(shell.screen.unknown.isEmpty)
    }

    @Test func `a job that was stopped and continued from outside draws its screen anew`() async throws {
        let scratch = try ScratchFolder()
        let app = try await CapturedSystem.start(scratch)
        try await app.waitForIdle()
        let before = app.screen.text
        app.signal(SIGSTOP)
        // Somebody else writes on the screen meanwhile.
        app.screen.feed(Array("\u{1B}[H\u{1B}[Jsomething else".utf8))
        app.signal(SIGCONT)
        try await app.waitFor("the old picture") { $0.text == before }
        app.send("q")
        #expect(try await app.waitForExit() == .exited(0))
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `a signal ends it and gives the terminal back, even when nobody reads what it shows`(signal: CInt) async throws
    {
        let scratch = try ScratchFolder()
        let app = try await CapturedSystem.start(scratch, columns: 200, rows: 60)
        // Every screen is some kilobytes; a terminal takes about twelve of them before the program has to wait.
        for _ in 0..<20 {
            for key in ["2", "4", "1", "3"] {
                app.type(blindly: key)
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        let deadline = ContinuousClock.now + PseudoTerminal.patience
        while !app.isWaitingToWrite, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(app.isWaitingToWrite, "the terminal took everything")
        app.signal(signal)
        _ = try await app.waitForExitUnread()
        #expect(app.isRestored)
    }

    @Test func `SIGHUP ends it`() async throws {
        let scratch = try ScratchFolder()
        let app = try await CapturedSystem.start(scratch)
        app.signal(SIGHUP)
        _ = try await app.waitForExit()
        #expect(app.isRestored)
    }

    @Test(arguments: [SIGSEGV, SIGABRT, SIGQUIT])
    func `a crash gives the terminal back and is still a crash`(signal: CInt) async throws {
        let scratch = try ScratchFolder()
        let app = try await CapturedSystem.start(scratch)
        app.signal(signal)
        #expect(try await app.waitForExit() == .signaled(signal))
        #expect(app.isRestored)
    }

    @Test func `a terminal that goes away ends it`() async throws {
        let scratch = try ScratchFolder()
        let app = try await CapturedSystem.start(scratch)
        app.hangUp()
        _ = try await app.waitForExit()
    }

    @Test func `a terminal that goes away ends it also where hang-ups are ignored`() async throws {
        let scratch = try ScratchFolder()
        let app = try PseudoTerminal.spawn(
            "/bin/sh",
            arguments: ["-c", "trap '' HUP; exec \"$0\" \"$@\"", try BuiltProduct.path("flowglass")]
                + CapturedSystem.arguments(), directory: scratch.path)
        try await app.waitFor("the topics") { $0.text.contains("channels") }
        app.hangUp()
        _ = try await app.waitForExit()
    }

    @Test func `on a slow link frames are left out, and the last key counts`() async throws {
        let scratch = try ScratchFolder()
        let app = try await CapturedSystem.start(scratch, columns: 200, rows: 60)
        let before = app.output.count
        // Four hundred pictures of four kilobytes each, on 20 kB a second: 80 seconds if each was sent.
        for _ in 0..<100 {
            for key in ["2", "4", "3", "1"] {
                app.type(blindly: key)
                try await Task.sleep(for: .milliseconds(3))
                app.receive(atMost: 60)
            }
        }
        app.type(blindly: "?")
        let deadline = ContinuousClock.now + PseudoTerminal.patience
        while !app.screen.text.contains("Help"), app.output.count - before < 400_000, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(50))
            app.receive(atMost: 1_000)
        }
        #expect(app.screen.text.contains("Help"))
        #expect(app.output.count - before < 400_000)
        app.send("q")
        app.send("q")
        #expect(try await app.waitForExit() == .exited(0))
        #expect(app.isRestored)
    }
}

extension PseudoTerminal {
    /// Sends keys without reading what the program shows.
    fileprivate func type(blindly text: String) {
        _ = Array(text.utf8).withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
    }

    /// Takes in so many bytes at most.
    fileprivate func receive(atMost limit: Int) {
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = read(master, &bytes, limit)
        guard count > 0 else { return }
        output += bytes[..<count]
        screen.feed(bytes[..<count])
    }

    /// Whether the main thread sleeps in a write.
    fileprivate var isWaitingToWrite: Bool {
        let call = try? String(contentsOfFile: "/proc/\(processID)/syscall", encoding: .utf8)
        // Where the kernel does not tell, the keys that nobody takes do.
        guard let call, let number = call.split(separator: " ").first.flatMap({ Int($0) }) else { return true }
        #if arch(arm64)
            return number == 64
        #else
            return number == 1
        #endif
    }

    /// Waits for the end of the program without reading what it shows.
    fileprivate func waitForExitUnread() async throws -> ExitStatus {
        let deadline = ContinuousClock.now + Self.patience
        while ContinuousClock.now < deadline {
            var status: CInt = 0
            if waitpid(processID, &status, WNOHANG) == processID {
                let end = status & 0x7F == 0 ? ExitStatus.exited(status >> 8 & 0xFF) : .signaled(status & 0x7F)
                exitStatus = end
                return end
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw Timeout(description: "the program runs on")
    }
}
