/// Turns what the terminal sends into events: UTF-8, Alt and control keys, cursor keys in every encoding, mouse reports
/// and bracketed pastes.
///
/// A pure state machine. Feed it the tokens of one read, then `endOfRead()`: only the end of a read tells the Escape key
/// from the start of a sequence. Unknown sequences are swallowed whole, so that they never type letters; malformed UTF-8
/// is U+FFFD.
public struct InputDecoder: Sendable {
    enum State: Equatable {
        case ground
        case escape
        /// The bytes after `ESC [`.
        case controlSequence([UInt8])
        /// After `ESC O`.
        case singleShift
        /// The bytes after `ESC [ M`.
        case oldMouse([UInt8])
        case paste
    }

    /// Longer sequences are no keys.
    private static let maximumSequence = 64

    private var state = State.ground
    /// The next character is typed with Alt.
    private var isAlt = false
    private var scalar = UTF8Accumulator()
    private var pasted = PasteAccumulator()

    public init() {}

    /// The events that this token completes.
    public mutating func feed(_ token: InputToken) -> [TerminalEvent] {
        if state == .paste { return feedPaste(token) }
        switch token {
        case .byte(let byte): return feed(byte: byte)
        case .key(var key):
            if state == .escape { key.isAlt = true }
            state = .ground
            return [.key(key)]
        case .mousePrefix:
            let before = endOfRead()
            state = .controlSequence([UInt8(ascii: "<")])
            return before
        case .pasteBegin:
            let before = endOfRead()
            state = .paste
            return before
        case .pasteEnd:
            return []
        }
    }

    /// Nothing more is waiting: an escape that nothing followed was the Escape key.
    public mutating func endOfRead() -> [TerminalEvent] {
        switch state {
        case .escape:
            state = .ground
            return [.key(Key(.escape))]
        case .controlSequence([]):
            state = .ground
            return [.key(Key(.character("["), alt: true))]
        case .singleShift:
            state = .ground
            return [.key(Key(.character("O"), alt: true))]
        case .ground, .controlSequence, .oldMouse, .paste:
            return []
        }
    }

    private mutating func feed(byte: UInt8) -> [TerminalEvent] {
        switch state {
        case .ground: return feedGround(byte)
        case .escape: return feedEscape(byte)
        case .controlSequence(let bytes): return feedControlSequence(byte, after: bytes)
        case .singleShift:
            state = .ground
            return KeySequences.singleShift(byte).map { [.key($0)] } ?? []
        case .oldMouse(let bytes): return feedOldMouse(byte, after: bytes)
        case .paste: return []
        }
    }

    private mutating func feedGround(_ byte: UInt8) -> [TerminalEvent] {
        if byte == 0x1B {
            state = .escape
            return scalar.flush().map { typed($0) }
        }
        return scalar.feed(byte).map { typed($0) }
    }

    private mutating func feedEscape(_ byte: UInt8) -> [TerminalEvent] {
        switch byte {
        case 0x1B: return [.key(Key(.escape))]
        case UInt8(ascii: "["): state = .controlSequence([])
        case UInt8(ascii: "O"): state = .singleShift
        default:
            state = .ground
            isAlt = true
            return feedGround(byte)
        }
        return []
    }

    private mutating func typed(_ scalar: Unicode.Scalar) -> TerminalEvent {
        defer { isAlt = false }
        var key = KeySequences.character(scalar)
        key.isAlt = isAlt
        return .key(key)
    }

    private mutating func feedControlSequence(_ byte: UInt8, after bytes: [UInt8]) -> [TerminalEvent] {
        switch byte {
        case 0x40...0x7E:
            state = .ground
            return finishControlSequence(parameters: bytes, final: byte)
        case 0x20...0x3F where bytes.count < Self.maximumSequence:
            state = .controlSequence(bytes + [byte])
            return []
        default:
            // Not a sequence after all: what interrupts it counts, if it is a key.
            state = .ground
            return byte < 0x20 ? feedGround(byte) : []
        }
    }

    private mutating func finishControlSequence(parameters: [UInt8], final: UInt8) -> [TerminalEvent] {
        switch (parameters.first, final) {
        case (UInt8(ascii: "<"), UInt8(ascii: "M")):
            return KeySequences.mouse(KeySequences.numbers(parameters.dropFirst())).map { [.mouse($0)] } ?? []
        case (nil, UInt8(ascii: "M")):
            state = .oldMouse([])
        case (_, UInt8(ascii: "~")) where parameters == Array("200".utf8):
            state = .paste
        default:
            let numbers = KeySequences.numbers(parameters[...])
            return KeySequences.controlSequence(numbers, final: final).map { [.key($0)] } ?? []
        }
        return []
    }

    /// X10's encoding, which terminals without SGR reports send: three bytes, each 32 too high.
    private mutating func feedOldMouse(_ byte: UInt8, after bytes: [UInt8]) -> [TerminalEvent] {
        guard bytes.count == 2 else {
            state = .oldMouse(bytes + [byte])
            return []
        }
        state = .ground
        let numbers = (bytes + [byte]).map { Int($0) - 32 }
        return KeySequences.mouse(numbers).map { [.mouse($0)] } ?? []
    }

    /// Ctrl-C ends a paste whose end got lost: without it the keyboard would be dead.
    private mutating func feedPaste(_ token: InputToken) -> [TerminalEvent] {
        switch token {
        case .byte(0x03):
            return endPaste() + feedGround(0x03)
        case .byte(let byte):
            return pasted.append(byte) ? endPaste() : []
        case .pasteEnd:
            return endPaste()
        case .key(let key):
            if key.code == .enter { _ = pasted.append(0x0A) }
            return []
        case .mousePrefix, .pasteBegin:
            return []
        }
    }

    private mutating func endPaste() -> [TerminalEvent] {
        state = .ground
        return [.paste(pasted.take())]
    }
}
