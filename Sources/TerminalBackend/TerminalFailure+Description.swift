import Glibc
import TerminalText

extension TerminalFailure: CustomStringConvertible {
    /// One sentence without a full stop, as it follows `flowglass: `.
    public var description: String {
        switch self {
        case .notATerminal:
            "cannot show the dashboard: standard input and output must be a terminal"
        case .unnamedTerminal:
            "cannot show the dashboard: TERM is not set"
        case .incapableTerminal(let name):
            "cannot show the dashboard: the terminal '\(displaySafe(name))' cannot place text on the screen"
        case .unknownTerminal(let name):
            "cannot show the dashboard: the terminal '\(displaySafe(name))' is not in the terminfo database"
        case .alreadyOpen:
            "cannot show the dashboard: the terminal is already in use by this process"
        case .system(let code):
            "cannot show the dashboard: \(String(cString: strerror(code)))"
        }
    }
}
