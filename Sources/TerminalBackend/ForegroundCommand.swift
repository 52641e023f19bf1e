import Foundation

/// A program that gets the whole terminal for a while.
public struct ForegroundCommand: Sendable, Equatable {
    /// The program, looked up in PATH, and its arguments.
    public var arguments: [String]

    public init(_ arguments: [String]) { self.arguments = arguments }

    /// The user's editor at a line (from 1) of a file.
    ///
    /// VISUAL, EDITOR, or vi. The variable may hold arguments (`emacs -nw`), so a shell reads it; the file's name is
    /// never part of what the shell reads. Editors that know `+12` open that line, VS Code and Helix take `file:12`.
    public static func editor(file: String, line: Int? = nil, environment: [String: String]) -> ForegroundCommand {
        let editor = editorName(environment)
        let program = editor.split(separator: " ").first?.split(separator: "/").last.map(String.init) ?? ""
        // A name that starts with a dash or a plus is not an option.
        let path = file.hasPrefix("-") || file.hasPrefix("+") ? "./" + file : file
        let place: [String]
        switch (program, line) {
        case ("code", .some(let line)), ("codium", .some(let line)): place = ["--goto", "\(path):\(line)"]
        case ("hx", .some(let line)), ("helix", .some(let line)), ("subl", .some(let line)): place = ["\(path):\(line)"]
        case (_, .some(let line)): place = ["+\(line)", path]
        case (_, nil): place = [path]
        }
        return ForegroundCommand(["/bin/sh", "-c", "exec \(editor) \"$@\"", "sh"] + place)
    }

    /// What the user's editor is called, with its arguments: VISUAL, EDITOR, or vi.
    public static func editorName(_ environment: [String: String]) -> String {
        ["VISUAL", "EDITOR"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? "vi"
    }
}

/// How a program that had the terminal ended.
public enum ForegroundResult: Sendable, Equatable {
    case exited(code: Int)
    case signaled(Int)
    /// It could not be started, for this `errno`.
    case notStarted(code: CInt)

    /// Why a program that a shell was to run did not start, in a clause; nil where it did. POSIX gives a shell 126 and 127
    /// for what it cannot run and for what it cannot find.
    public var whyNotStarted: String? {
        switch self {
        case .exited(code: 127): "no such program was found"
        case .exited(code: 126): "it is not a program that may be run"
        case .notStarted(let code): String(cString: strerror(code))
        case .exited, .signaled: nil
        }
    }

    /// Reads the status of `waitpid`, or a negative `errno`.
    init(waitStatus status: CInt) {
        if status < 0 {
            self = .notStarted(code: -status)
        } else if status & 0x7F == 0 {
            self = .exited(code: Int(status >> 8 & 0xFF))
        } else {
            self = .signaled(Int(status & 0x7F))
        }
    }
}
