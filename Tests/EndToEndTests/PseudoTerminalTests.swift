import Glibc
import Testing

/// The harness against programs that every system has; a sandbox without /dev/ptmx fails here, and says so.
@Suite struct `A pseudo-terminal` {
    @Test func `runs a program on a terminal of its own`() async throws {
        let shell = try PseudoTerminal.spawn(
            "/bin/sh", arguments: ["-c", "tty; stty size; read line; echo \"<$line>\""])
        try await shell.waitFor("the size") { $0.contains("24 80") }
        #expect(shell.screen.contains("/dev/pts/"))
        shell.send("주문\r")
        #expect(try await shell.waitForExit() == .exited(0))
        #expect(shell.screen.contains("<주문>"))
        #expect(shell.isRestored)
    }

    @Test func `tells the program about a new size`() async throws {
        let shell = try PseudoTerminal.spawn(
            "/bin/bash", arguments: ["-c", "trap 'stty size' WINCH; echo go; while :; do sleep 0.05; done"])
        try await shell.waitFor("the start") { $0.contains("go") }
        shell.resize(columns: 100, rows: 30)
        try await shell.waitFor("the new size") { $0.contains("30 100") }
    }

    @Test func `tells how a program ended, and what it left behind`() async throws {
        let killed = try PseudoTerminal.spawn("/bin/sh", arguments: ["-c", "kill -TERM $$"])
        #expect(try await killed.waitForExit() == .signaled(SIGTERM))
        let careless = try PseudoTerminal.spawn(
            "/bin/sh", arguments: ["-c", "stty raw; printf '\\033[?1049h'; exit 3"])
        #expect(try await careless.waitForExit() == .exited(3))
        #expect(!careless.isRestored)
    }

    @Test func `hangs up like a closed window`() async throws {
        let shell = try PseudoTerminal.spawn("/bin/cat")
        shell.hangUp()
        #expect(try await shell.waitForExit() == .signaled(SIGHUP))
    }

    @Test func `starts in a directory, with a fixed environment`() async throws {
        let shell = try PseudoTerminal.spawn(
            "/bin/sh", arguments: ["-c", "pwd; echo \"$TERM,$LANG,$A,${TZ-none}\""],
            environment: ["A": "1", "TZ": nil],
            directory: "/usr")
        #expect(try await shell.waitForExit() == .exited(0))
        #expect(shell.screen.text.hasPrefix("/usr\nxterm-256color,C.UTF-8,1,none\n"))
    }

    @Test func `gives up with a picture of the screen`() async throws {
        let shell = try PseudoTerminal.spawn("/bin/sh", arguments: ["-c", "echo here; read line"])
        let failure = await #expect(throws: PseudoTerminal.Timeout.self) {
            try await shell.waitFor("a miracle", within: .milliseconds(300)) { $0.contains("there") }
        }
        #expect(failure?.description.contains("a miracle; the screen is\nhere") == true)
    }
}
