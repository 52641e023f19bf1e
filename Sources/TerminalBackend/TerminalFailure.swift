/// Why there is no terminal to draw on.
public enum TerminalFailure: Error, Sendable, Equatable {
    /// Standard input or standard output is a file or a pipe.
    case notATerminal
    /// The environment does not name the terminal's kind.
    case unnamedTerminal
    /// TERM is `dumb`, or its entry can neither move the cursor nor clear the screen.
    case incapableTerminal(name: String)
    /// Neither TERM nor a substitute is in the terminfo database.
    case unknownTerminal(name: String)
    /// The process has its terminal open already.
    case alreadyOpen
    /// The system refused, with an `errno`.
    case system(code: CInt)
}
