import Foundation
import SourceDiagnostics
import TerminalText

/// Data, for pipes and people: standard output.
enum Output {
    /// Writes text as it is. Once nobody reads any more, the rest is dropped quietly.
    static func write(_ text: String) { writeAll(text, to: 1) }

    static func json(_ value: JSONValue) { write(value.text() + "\n") }

    /// The terminal's columns; nil where there is none.
    static var width: Int? {
        var size = winsize()
        guard isTerminal, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    static var isTerminal: Bool { isatty(1) == 1 }

    /// Whether nobody can read any more: the other end of the pipe is closed.
    static var isClosed: Bool {
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
        writeAll(
            text.split(separator: "\n", omittingEmptySubsequences: false).map { displaySafe(String($0)) }
                .joined(separator: "\n"), to: 2)
    }

    /// `flowglass: message`, further lines below its first word.
    static func note(_ message: String) {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
        write("flowglass: " + lines.joined(separator: "\n           ") + "\n")
    }
}

private func writeAll(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
        let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        if written < 0 {
            if errno == EINTR { continue }
            guard errno == EAGAIN else { return }
            // The other end is shared with somebody who does not want to wait.
            var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            poll(&wanted, 1, -1)
            continue
        }
        bytes = bytes.dropFirst(written)
    }
}
