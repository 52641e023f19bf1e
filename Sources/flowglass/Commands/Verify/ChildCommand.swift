import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A command that runs with this program's terminal, files and process group, while this program waits.
///
/// Ctrl-C reaches both at once, as they share the terminal; a signal that was sent to this program alone is handed on.
/// Either way it is the command that decides what comes of it.
struct ChildCommand {
    let process: pid_t
    private static let signals = [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2]

    /// Starts the command, which is looked up in PATH.
    /// - Parameter sendsOutputToErrors: What it writes to standard output goes to standard error.
    /// - Throws: `CommandFailure` where it cannot be started.
    init(_ arguments: [String], environment: [String: String], sendsOutputToErrors: Bool = false) throws {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What this program ignores, the command shall not: it gets signals as if a shell had started it.
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for signal in Self.signals + [SIGPIPE] { sigaddset(&defaults, signal) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if sendsOutputToErrors { posix_spawn_file_actions_adddup2(&actions, 2, 1) }

        let words = arguments.map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        for signal in Self.signals { Self.handOn(signal) }
        var process: pid_t = 0
        let code = posix_spawnp(&process, arguments[0], &actions, &attributes, words, variables)
        guard code == 0 else {
            throw CommandFailure("cannot run '\(arguments[0])': \(String(cString: strerror(code)))")
        }
        self.process = process
        runningChild = process
        // One that came while the command was being started: nobody else hands it on.
        if lateSignal != 0 {
            kill(process, lateSignal)
            lateSignal = 0
        }
    }

    /// The signal that came after the command had ended; zero for none.
    static var interruption: Int32 { lateSignal }

    /// Waits for its end; gives its exit status, or 128 and the number of the signal that ended it, as shells do.
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            if errno != EINTR { return 3 }
        }
        runningChild = 0
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }

    private static func handOn(_ signal: Int32) {
        var action = sigaction()
        action.sa_flags = SA_SIGINFO | SA_RESTART
        action.__sigaction_handler.sa_sigaction = { signal, information, _ in
            // From a terminal (a positive code), the command has it already; from kill(2) it has not.
            guard runningChild > 0 else {
                lateSignal = signal
                return
            }
            if let information, information.pointee.si_code <= 0 { kill(runningChild, signal) }
        }
        sigaction(signal, &action, nil)
    }
}

/// What the signal handler hands signals to. Written before a handler can run for it, and read in handlers only.
private nonisolated(unsafe) var runningChild: pid_t = 0
/// A signal that nobody else is there for.
private nonisolated(unsafe) var lateSignal: Int32 = 0
