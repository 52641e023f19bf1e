import Foundation
import SourceDiagnostics
import Synchronization
import TerminalText

/// Data, for pipes and people: standard output.
enum Output {
    /// Why writing failed, as `errno` has it; 0 while it goes well.
    private static let trouble = Mutex<Int32>(0)

    /// Writes text as it is. Once nobody reads any more, or there is no room, the rest is dropped: the program ends with
    /// `failure`.
    static func write(_ text: String) {
        guard trouble.withLock({ $0 }) == 0 else { return }
        let code = writeAll(text, to: 1)
        if code != 0 { trouble.withLock { $0 = code } }
    }

    /// Why what was written did not arrive; nil where it did, or where its reader had seen enough.
    static var failure: CommandFailure? {
        let code = trouble.withLock { $0 }
        guard code != 0, code != EPIPE else { return nil }
        return CommandFailure("cannot write to standard output: \(systemReason(code))")
    }

    static func json(_ value: JSONValue) { write(value.text() + "\n") }

    /// The terminal's columns; nil where there is none.
    static var width: Int? {
        var size = winsize()
        guard isTerminal, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    static var isTerminal: Bool { isatty(1) == 1 }

    /// Whether nobody can read any more: the other end of the pipe is closed, or there is no room.
    static var isClosed: Bool {
        if trouble.withLock({ $0 }) != 0 { return true }
        var state = pollfd(fd: 1, events: 0, revents: 0)
        return poll(&state, 1, 0) > 0 && state.revents & Int16(POLLERR | POLLNVAL) != 0
    }

    /// Colour only on a terminal, and never where `NO_COLOR` says so.
    static var usesColor: Bool {
        let environment = ProcessInfo.processInfo.environment
        return isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }
}

/// Talk, for people: standard error. Control characters in it are shown, not obeyed.
enum Talk {
    static func write(_ text: String) {
        _ = writeAll(
            text.split(separator: "\n", omittingEmptySubsequences: false).map { displaySafe(String($0)) }
                .joined(separator: "\n"), to: 2)
    }

    /// `flowglass: message`, further lines below its first word.
    static func note(_ message: String) {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
        write("flowglass: " + lines.joined(separator: "\n           ") + "\n")
    }
}

/// Writes all of a text; 0, or `errno` where some of it could not be written.
func writeAll(_ text: String, to descriptor: Int32) -> Int32 { writeAll(Array(text.utf8), to: descriptor) }

func writeAll(_ all: [UInt8], to descriptor: Int32) -> Int32 {
    var bytes = all[...]
    while !bytes.isEmpty {
        let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        if written < 0 {
            if errno == EINTR { continue }
            guard errno == EAGAIN else { return errno }
            // The other end is shared with somebody who does not want to wait.
            var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            poll(&wanted, 1, -1)
            continue
        }
        bytes = bytes.dropFirst(written)
    }
    return 0
}
