/// Something that a person did, or the terminal told.
public enum TerminalEvent: Sendable, Equatable {
    case key(Key)
    case mouse(Mouse)
    /// A bracketed paste, as one text.
    case paste(String)
    case resize(Size)
    /// SIGCONT: the terminal is ours again after Ctrl-Z and `fg`.
    case resumed
}

/// One key press.
public struct Key: Sendable, Hashable {
    public enum Code: Sendable, Hashable {
        case character(Unicode.Scalar)
        case enter, escape, tab, backTab, backspace, delete, insert
        case up, down, left, right, home, end, pageUp, pageDown
        case function(Int)
    }

    public var code: Code
    public var isControl: Bool
    public var isAlt: Bool

    public init(_ code: Code, control: Bool = false, alt: Bool = false) {
        self.code = code
        self.isControl = control
        self.isAlt = alt
    }
}

/// One mouse action; the position is in cells from the top left.
public struct Mouse: Sendable, Equatable {
    public enum Action: Sendable, Equatable { case press, wheelUp, wheelDown }

    public var action: Action
    public var x: Int
    public var y: Int

    public init(_ action: Action, x: Int, y: Int) {
        self.action = action
        self.x = x
        self.y = y
    }
}
