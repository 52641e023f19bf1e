import CTerminal
import TerminalUI

/// Runs a program on the terminal: waits, hands over events, draws.
///
/// Blocks its thread until the end; nothing that the program needs may depend on that thread, or on the main actor if it
/// is the main one. Sleeps without a timeout when nothing happens. Input goes first and is answered at once; messages
/// are taken 30 times a second at most, and drawn then.
public struct TerminalLoop<App: TerminalApp>: ~Copyable {
    /// Why the loop ended.
    public enum End: Sendable, Equatable {
        case quit
        case signal(LoopSignal)
    }

    private let terminal: Terminal
    private let mailbox: Mailbox<App.Message>
    private var app: App
    private var buffer: Buffer
    private var pacer = FramePacer()
    private var needsFrame = true
    private var end: End?

    /// Runs `app` to its end and leaves its last state in it. The terminal stays open.
    public static func run(_ app: inout App, on terminal: Terminal, mailbox: Mailbox<App.Message>) -> End {
        var loop = TerminalLoop(app: app, terminal: terminal, mailbox: mailbox)
        mailbox.attach()
        defer { mailbox.detach() }
        let end = loop.run()
        app = loop.app
        return end
    }

    private init(app: App, terminal: Terminal, mailbox: Mailbox<App.Message>) {
        self.app = app
        self.terminal = terminal
        self.mailbox = mailbox
        buffer = Buffer(size: terminal.size)
    }

    private mutating func run() -> End {
        // What waits already belongs to the first picture.
        let waiting = mailbox.take()
        if !waiting.isEmpty { handle(.messages(waiting)) }
        while true {
            if let end { return end }
            if needsFrame { draw() }
            let found = wait()
            if found.contains(.signal) { handleSignals() }
            if end == nil && found.contains(.input) { handleInput() }
            if end == nil && found.contains(.hangup) { finish(.hangup) }
            if found.contains(.message) { pacer.messagesArrived() }
            if end == nil && pacer.takeSlot(at: .now) { handleMessages() }
        }
    }

    private func wait() -> Found {
        let timeout = terminal.hasMoreInput ? 0 : pacer.timeout(at: .now)
        let found = Found(rawValue: ct_wait(pacer.isWaiting ? 0 : 1, timeout))
        return terminal.hasMoreInput ? found.union(.input) : found
    }

    private mutating func draw() {
        needsFrame = false
        if buffer.size == terminal.size {
            buffer.clear()
        } else {
            buffer = Buffer(size: terminal.size)
        }
        app.render(into: &buffer)
        terminal.paint(buffer)
    }

    private mutating func handleInput() {
        for event in terminal.readEvents() where end == nil { handle(.terminal(event)) }
    }

    private mutating func handleMessages() {
        let messages = mailbox.take()
        guard !messages.isEmpty else { return }
        // Input that came first is on the screen before messages are.
        if needsFrame { draw() }
        handle(.messages(messages))
    }

    private mutating func handleSignals() {
        let signals = ct_take_signals()
        func arrived(_ bit: Int) -> Bool { signals & CInt(bit) != 0 }
        if arrived(CT_HUP) {
            finish(.hangup)
        } else if arrived(CT_TERM) {
            finish(.terminate)
        } else if arrived(CT_INT) {
            finish(.interrupt)
        } else if arrived(CT_TSTP) {
            obey(.suspend)
        } else if arrived(CT_CONT) {
            comeBack { $0.reenter() }
        } else if arrived(CT_WINCH) {
            updateSize()
        }
    }

    private mutating func handle(_ event: LoopEvent<App.Message>) { obey(app.handle(event)) }

    private mutating func finish(_ signal: LoopSignal) {
        _ = app.handle(.signal(signal))
        end = .signal(signal)
    }

    private mutating func obey(_ decision: LoopDecision) {
        switch decision {
        case .ignore: break
        case .continue: needsFrame = true
        case .quit: end = .quit
        case .suspend: comeBack { $0.suspend() }
        case .runInForeground(let command):
            let result = terminal.run(command)
            needsFrame = true
            handle(.foregroundEnded(result))
        case .copyToClipboard(let text):
            terminal.copyToClipboard(text)
            needsFrame = true
        case .all(let decisions):
            for decision in decisions where end == nil { obey(decision) }
        }
    }

    private mutating func updateSize() {
        needsFrame = true
        if terminal.updateSize() { handle(.terminal(.resize(terminal.size))) }
    }

    /// Leaves the screen for a while and draws it whole afterwards.
    private mutating func comeBack(after absence: (Terminal) -> Void) {
        let before = terminal.size
        absence(terminal)
        needsFrame = true
        if terminal.size != before { handle(.terminal(.resize(terminal.size))) }
        handle(.terminal(.resumed))
    }
}

/// What woke the loop.
private struct Found: OptionSet {
    let rawValue: CInt

    static let input = Found(rawValue: CInt(CT_INPUT_READY))
    static let message = Found(rawValue: CInt(CT_WOKEN))
    static let signal = Found(rawValue: CInt(CT_SIGNALED))
    static let hangup = Found(rawValue: CInt(CT_HUNG_UP))
}
