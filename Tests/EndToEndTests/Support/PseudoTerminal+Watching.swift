import Glibc
import TestSupport

// What a person sees.
extension PseudoTerminal {
    /// Takes in what the program has sent so far; returns whether that was anything.
    @discardableResult
    func receive() -> Bool {
        var received = false
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while !isHungUp {
            let count = read(master, &bytes, bytes.count)
            guard count > 0 else { break }
            received = true
            output += bytes[..<count]
            screen.feed(bytes[..<count])
        }
        var status: CInt = 0
        if exitStatus == nil, waitpid(processID, &status, WNOHANG) == processID {
            exitStatus = status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signaled(status & 0x7F)
            received = receive() || received
        }
        return received
    }

    /// How long a busy machine may take for what takes a moment: a limit here ends a test that hangs, it measures nothing.
    static let patience = Duration.seconds(90)

    /// Waits until the screen is as it should be.
    /// - Throws: `Timeout` with the screen as it was instead.
    func waitFor(
        _ what: String = "the screen", within limit: Duration = patience,
        _ condition: (ScreenEmulator) -> Bool
    ) async throws {
        try await wait(for: what, within: limit) { condition(screen) }
    }

    /// Waits until the program has ended.
    func waitForExit(within limit: Duration = patience) async throws -> ExitStatus {
        try await wait(for: "the end of the program", within: limit) { exitStatus != nil }
        guard let exitStatus else { throw Timeout(description: "the program runs on") }
        return exitStatus
    }

    /// Waits until the program has sent nothing for a while.
    func waitForQuiet(_ quiet: Duration = .milliseconds(150), within limit: Duration = patience) async throws {
        var last = ContinuousClock.now
        try await wait(for: "silence", within: limit) {
            last.duration(to: .now) >= quiet
        } onReceive: {
            last = .now
        }
    }

    /// Waits until the program has taken in what was typed, and has done and sent nothing for a while.
    ///
    /// On a busy machine silence alone may mean that the program had no turn yet; the next key would then follow an
    /// `Esc` too closely to be another key. Not for a program that always has something to do.
    func waitForIdle(_ idle: Duration = .milliseconds(80), within limit: Duration = patience) async throws {
        var last = ContinuousClock.now
        var turns: Int?
        try await wait(for: "an idle program", within: limit) {
            let now = turnsOfSleepingProgram
            if now == nil || now != turns || bytesNotTakenIn > 0 { last = .now }
            turns = now
            return exitStatus != nil || last.duration(to: .now) >= idle
        } onReceive: {
            last = .now
        }
    }

    /// What was typed and the program has not read yet.
    private var bytesNotTakenIn: CInt {
        var count: CInt = 0
        return ioctl(slave, UInt(FIONREAD), &count) == 0 ? count : 0
    }

    /// How often the program's threads have been given a processor; nil while one of them runs, or ends.
    private var turnsOfSleepingProgram: Int? {
        guard let turns = try? ThreadTurns(of: processID), turns.areAsleep else { return nil }
        return turns.count
    }

    private func wait(
        for what: String, within limit: Duration, _ condition: () -> Bool, onReceive: () -> Void = {}
    ) async throws {
        try await besideBusyTests {
            let deadline = ContinuousClock.now + limit
            while true {
                if receive() { onReceive() }
                if condition() { return }
                guard ContinuousClock.now < deadline else {
                    throw Timeout(description: "waited \(limit) for \(what); the screen is\n\(screen.text)")
                }
                try await Task.sleep(for: .milliseconds(2))
            }
        }
    }

    /// Whether the terminal is as the program found it: its modes, the ordinary screen, the cursor, no reports.
    var isRestored: Bool {
        receive()
        return modes == modesAtStart.essentials && !screen.isAlternate && screen.isCursorVisible
            && screen.modes.isDisjoint(with: [1000, 1002, 1003, 1006, 2004])
    }

    /// The modes of the terminal now, without the control characters.
    private var modes: [tcflag_t] {
        var modes = termios()
        tcgetattr(slave, &modes)
        return modes.essentials
    }
}

extension termios {
    fileprivate var essentials: [tcflag_t] { [c_iflag, c_oflag, c_cflag, c_lflag] }
}
