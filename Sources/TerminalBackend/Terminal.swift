import CTerminal
import Glibc
public import TerminalUI

/// The terminal of this process: takes it when opened, and gives it back when closed, released, signalled or crashed.
///
/// There is one at a time. It belongs to the thread that opened it, which should be the main thread: a crash of another
/// one gives the terminal back too, except for an overflow of its stack. SIGKILL cannot be caught; `reset` helps then.
public final class Terminal {
    /// The size of the screen in cells, as of the last `updateSize()`.
    public private(set) var size = Size(width: 0, height: 0)
    /// How many colours there are: 256, 16, 8, or 0 where `NO_COLOR` is set or the terminal has none.
    public let colorCount: Int
    /// Whether the terminal shows UTF-8; if not, everything beyond ASCII becomes `?`.
    public let isUTF8: Bool

    private var painter: Painter
    private var decoder = InputDecoder()

    /// Takes the terminal that standard input and output are connected to.
    ///
    /// Reads `TERM`, the locale, `NO_COLOR`, `ESCDELAY` and `FLOWGLASS_UTF8` (`1` means UTF-8 whatever the locale says).
    /// - Throws: `TerminalFailure`; then nothing has been changed or written.
    public static func open() throws(TerminalFailure) -> Terminal {
        let name = getenv("TERM").map { String(cString: $0) } ?? ""
        switch ct_open() {
        case CT_OPENED: return Terminal()
        case CT_ALREADY_OPEN: throw .alreadyOpen
        case CT_NOT_A_TERMINAL: throw .notATerminal
        case CT_TERM_UNSET: throw .unnamedTerminal
        case CT_TERM_DUMB, CT_TERM_INCAPABLE: throw .incapableTerminal(name: name)
        case CT_TERM_UNKNOWN: throw .unknownTerminal(name: name)
        default: throw .system(code: errno)
        }
    }

    private init() {
        colorCount = Int(ct_colors())
        isUTF8 = ct_is_utf8() != 0
        painter = Painter(colorCount: colorCount)
        updateSize()
    }

    deinit { close() }

    /// Gives the terminal back. Drawing and reading do nothing from then on.
    public func close() { ct_close() }

    /// What screens draw with here.
    public var glyphs: Glyphs { isUTF8 ? .unicode : .ascii }

    /// Asks the terminal for its size; returns whether it has changed.
    @discardableResult
    public func updateSize() -> Bool {
        var columns: CInt = 80
        var rows: CInt = 24
        ct_update_size(&columns, &rows)
        painter.forget()
        let new = Size(width: Int(columns), height: Int(rows))
        defer { size = new }
        return new != size
    }

    /// Shows a buffer: only the rows that differ from the last one are painted, and only what differs is sent.
    public func paint(_ buffer: Buffer) { painter.paint(buffer) }

    /// Whether `readEvents` stopped before the end of the input.
    private(set) var hasMoreInput = false

    /// The events that have arrived, in order; never waits.
    ///
    /// Takes a bounded part at a time, so that a flood of input cannot stop the screen.
    func readEvents() -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        for _ in 0..<16_384 {
            let input = ct_next_input()
            if input.kind == CT_NO_INPUT {
                hasMoreInput = false
                return events + decoder.endOfRead()
            }
            if let token = InputToken(input) { events += decoder.feed(token) }
        }
        // curses may hold bytes back, so that waiting for more would miss them.
        hasMoreInput = true
        return events
    }

    /// Puts text on the system's clipboard by OSC 52, on terminals that allow it.
    ///
    /// The text is sent as base64 and cannot be mistaken for anything else. Most terminals take up to 74,994 bytes;
    /// a longer text is not sent, rather than cut.
    /// - Returns: Whether it was sent; no terminal tells whether it obeyed.
    @discardableResult
    public func copyToClipboard(_ text: String) -> Bool {
        guard text.utf8.count <= 74_994 else { return false }
        let sequence = "\u{1B}]52;c;" + base64(text.utf8) + "\u{7}"
        ct_write(sequence, sequence.utf8.count)
        return true
    }

    /// Stops the process as Ctrl-Z does, and takes the terminal again after `fg`.
    public func suspend() {
        ct_suspend()
        updateSize()
    }

    /// Takes the screen again after something else has written on it.
    func reenter() {
        ct_reenter()
        updateSize()
    }

    /// Gives the terminal to a program, waits until it ends, and takes the terminal again.
    public func run(_ command: ForegroundCommand) -> ForegroundResult {
        var arguments = command.arguments.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        let status = arguments.count > 1 ? ct_run(&arguments) : -EINVAL
        updateSize()
        return ForegroundResult(waitStatus: status)
    }
}
