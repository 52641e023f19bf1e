import Glibc
import Synchronization

/// A program that runs on a terminal of its own, and the screen that it draws.
///
///     let app = try PseudoTerminal.spawn(try BuiltProduct.path("flowglass"), arguments: ["--catalog", "catalog"])
///     app.send("2")
///     try await app.waitFor("the services") { $0.contains("Services") }
///     app.send("q")
///     #expect(try await app.waitForExit() == .exited(0))
///     #expect(app.isRestored)
///
/// Waits for conditions, never for a time. Not for use from several tasks at once.
final class PseudoTerminal {
    enum ExitStatus: Equatable {
        case exited(CInt)
        case signaled(CInt)
    }

    /// Something did not happen in time; shows the screen as it was then.
    struct Timeout: Error, CustomStringConvertible {
        let description: String
    }

    struct SystemError: Error, CustomStringConvertible {
        let description: String
        init(_ call: String, _ code: CInt) { description = "\(call): \(String(cString: strerror(code)))" }
    }

    let processID: pid_t
    var screen: ScreenEmulator
    /// Every byte that the program has sent.
    var output: [UInt8] = []
    var exitStatus: ExitStatus?

    let master: CInt
    /// Kept open, so that the modes of the terminal can be read after the program has gone.
    let slave: CInt
    let modesAtStart: termios
    var isHungUp = false

    private init(processID: pid_t, master: CInt, slave: CInt, modes: termios, columns: Int, rows: Int) {
        self.processID = processID
        self.master = master
        self.slave = slave
        modesAtStart = modes
        screen = ScreenEmulator(columns: columns, rows: rows)
    }

    deinit {
        if exitStatus == nil {
            kill(-processID, SIGKILL)
            kill(processID, SIGKILL)
            var status: CInt = 0
            waitpid(processID, &status, 0)
        }
        close(slave)
        if !isHungUp { close(master) }
    }

    /// Descriptors of one spawn must not be inherited by another.
    private static let spawning = Mutex(())

    /// Starts a program as the leader of a session whose terminal has the given size.
    ///
    /// The environment is a fixed one (UTF-8, `xterm-256color`, no backtraces), changed by `environment`; nil removes.
    static func spawn(
        _ executable: String, arguments: [String] = [], environment: [String: String?] = [:], columns: Int = 80,
        rows: Int = 24, directory: String? = nil
    ) throws -> PseudoTerminal {
        try spawning.withLock { _ in
            var master: CInt = -1
            var slave: CInt = -1
            var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
            var path = [CChar](repeating: 0, count: 256)
            guard openpty(&master, &slave, &path, nil, &size) == 0 else { throw SystemError("openpty", errno) }
            for descriptor in [master, slave] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
            _ = fcntl(master, F_SETFL, O_NONBLOCK)
            var modes = termios()
            tcgetattr(slave, &modes)

            let variables = defaultEnvironment.merging(environment) { $1 }.compactMapValues { $0 }
            // Glibc's module lacks posix_spawn_file_actions_addchdir_np.
            let inDirectory = directory.map { ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", $0] } ?? []
            let process = try start(
                inDirectory + [executable] + arguments, variables.map { "\($0.key)=\($0.value)" }, terminal: path)
            return PseudoTerminal(
                processID: process, master: master, slave: slave, modes: modes, columns: columns, rows: rows)
        }
    }

    private static var defaultEnvironment: [String: String?] {
        var variables: [String: String?] = [
            "TERM": "xterm-256color", "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no", "TZ": "UTC",
        ]
        for name in ["PATH", "HOME", "LD_LIBRARY_PATH"] {
            if let value = getenv(name) { variables[name] = String(cString: value) }
        }
        return variables
    }

    /// `posix_spawn_file_actions_addclosefrom_np` of glibc 2.34, which Glibc's module lacks too.
    private static let addCloseFrom = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np").map {
        unsafeBitCast(
            $0, to: (@convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, CInt) -> CInt).self)
    }

    private static func start(
        _ arguments: [String], _ environment: [String], terminal: [CChar]
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Opened by the leader of a new session, it becomes the controlling terminal.
        posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        // Other tests' pipes and sockets: whoever waits for their end would wait for this program's.
        guard let closeFrom = addCloseFrom else {
            throw SystemError("posix_spawn_file_actions_addclosefrom_np", ENOSYS)
        }
        _ = closeFrom(&actions, 3)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        // POSIX_SPAWN_SETSID, SETSIGDEF and SETSIGMASK of glibc's <spawn.h>.
        posix_spawnattr_setflags(&attributes, 0x80 | 0x04 | 0x08)

        var words = arguments.map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var process: pid_t = 0
        let failure = posix_spawn(&process, arguments[0], &actions, &attributes, &words, &variables)
        guard failure == 0 else { throw SystemError("posix_spawn \(arguments[0])", failure) }
        return process
    }
}
