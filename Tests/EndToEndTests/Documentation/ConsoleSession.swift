import Foundation

/// A reader at a prompt: one bash for a whole document, in an empty folder, with `flowglass` on its path.
///
/// `$REPOSITORY` is the repository. Standard output and standard error go to the same place, as on a terminal. What still
/// runs at the end is ended, and after two minutes everything is.
struct ConsoleSession {
    struct Ran: Equatable, Sendable {
        var status: Int32
        var output: [String]
    }

    /// What each command of the document printed; shorter than its commands where bash ended early.
    static func run(_ document: ConsoleDocument) async throws -> [Ran] {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try runAndWait(document) }) }
        }
    }

    private static func runAndWait(_ document: ConsoleDocument) throws -> [Ran] {
        let scratch = try ScratchFolder()
        let files = FileManager.default
        for folder in ["/bin", "/home", "/work"] {
            try files.createDirectory(atPath: scratch.path + folder, withIntermediateDirectories: true)
        }
        try files.createSymbolicLink(
            atPath: scratch.path + "/bin/flowglass", withDestinationPath: BuiltProduct.path("flowglass"))
        try script(of: document).write(toFile: scratch.path + "/script", atomically: true, encoding: .utf8)

        let bash = Process()
        bash.executableURL = URL(fileURLWithPath: "/bin/bash")
        bash.arguments = ["--noprofile", "--norc", scratch.path + "/script", scratch.path + "/output"]
        bash.currentDirectoryURL = URL(fileURLWithPath: scratch.path + "/work")
        let inherited = ProcessInfo.processInfo.environment
        bash.environment = [
            "HOME": scratch.path + "/home", "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
            "PATH": scratch.path + "/bin:" + (inherited["PATH"] ?? "/usr/bin:/bin"),
            "REPOSITORY": Program.repository, "SWIFT_BACKTRACE": "enable=no", "TERM": "dumb", "TZ": "UTC",
        ]
        bash.standardInput = FileHandle.nullDevice
        try bash.run()
        let watchdog = DispatchWorkItem { kill(-bash.processIdentifier, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 120, execute: watchdog)
        bash.waitUntilExit()
        watchdog.cancel()
        return read(try String(contentsOfFile: scratch.path + "/output", encoding: .utf8))
    }

    /// `mark` writes a record separator and the status of the command before it, and passes that on to `$?`. Bash leads a
    /// process group of its own, and ends it with itself.
    private static func script(of document: ConsoleDocument) -> String {
        var script = """
            exec >"$1" 2>&1
            shift
            trap 'kill -9 -- -$$' EXIT
            mark() { local status=$?; printf '\\036%d\\n' $status; return $status; }

            """
        for step in document.steps {
            switch step {
            case .file(let path, let text):
                let folder = path.split(separator: "/").dropLast().joined(separator: "/")
                if !folder.isEmpty { script += "mkdir -p '\(folder)'\n" }
                script += "cat > '\(path)' <<'END-OF-THE-FILE'\n\(text)END-OF-THE-FILE\n"
            case .command(let command):
                script += "\(command.text)\nmark\n"
            }
        }
        return script
    }

    private static func read(_ output: String) -> [Ran] {
        var ran: [Ran] = []
        var text = output[...]
        while let mark = text.firstIndex(of: "\u{1e}") {
            let end = text[mark...].firstIndex(of: "\n") ?? text.endIndex
            var lines = text[..<mark].split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            if lines.last == "" { lines.removeLast() }
            ran.append(Ran(status: Int32(text[mark..<end].dropFirst()) ?? -1, output: lines))
            text = text[end...].dropFirst()
        }
        return ran
    }
}
