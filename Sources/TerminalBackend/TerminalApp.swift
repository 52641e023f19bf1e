public import TerminalUI

/// A program with a screen: what happens goes in, decisions and pictures come out. The loop does the rest.
///
/// A pure model fits behind it: `handle` is its update, `render` its view.
public protocol TerminalApp {
    /// What background work reports.
    associatedtype Message: Sendable

    /// Takes in what happened, and says what the loop is to do.
    mutating func handle(_ event: LoopEvent<Message>) -> LoopDecision

    /// Draws the whole screen on blank cells.
    mutating func render(into buffer: inout Buffer)
}

/// What happens to a program with a screen.
public enum LoopEvent<Message: Sendable>: Sendable {
    /// A key, the mouse, a paste, a new size, or the return from Ctrl-Z.
    case terminal(TerminalEvent)
    /// Everything that was posted since the last time, at most 30 times a second.
    case messages([Message])
    /// The program that `.runInForeground` started has ended.
    case foregroundEnded(ForegroundResult)
    /// The process is to end; the loop ends after this event, whatever the decision.
    case signal(LoopSignal)
}

extension LoopEvent: Equatable where Message: Equatable {}

/// Why the system wants the process to end.
public enum LoopSignal: Sendable, Equatable {
    /// SIGTERM.
    case terminate
    /// SIGINT from another process; Ctrl-C is a key.
    case interrupt
    /// The terminal has gone away.
    case hangup
}

/// What the loop does after an event. All but `.ignore` and `.quit` also draw anew.
public enum LoopDecision: Sendable, Equatable {
    /// Draw anew: at once after keys, in the next thirtieth of a second after messages.
    case `continue`
    /// Nothing has changed.
    case ignore
    case quit
    /// Stop like any program at Ctrl-Z; `.terminal(.resumed)` follows after `fg`.
    case suspend
    /// Give the terminal to a program; `.foregroundEnded` follows.
    case runInForeground(ForegroundCommand)
    case copyToClipboard(String)
    /// Several, in this order.
    indirect case all([LoopDecision])
}
