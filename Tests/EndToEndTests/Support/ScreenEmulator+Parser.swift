// From bytes to characters, controls and sequences; input may end anywhere.
extension ScreenEmulator {
    struct Parser {
        enum State: Equatable {
            case ground
            case escape
            /// `ESC (` or `ESC )`: the next byte names the character set of the slot.
            case characterSet(slot: Int)
            case controlSequence
            /// OSC, DCS and their like, up to BEL or `ESC \`.
            case string(kind: UInt8)
        }

        var state = State.ground
        var bytes: [UInt8] = []
        var scalar: [UInt8] = []
    }

    mutating func feed(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { feed(byte) }
    }

    private mutating func feed(_ byte: UInt8) {
        if byte == 0x1B { parser.scalar = [] }
        switch parser.state {
        // What was cut off is given up where another sequence begins, as in every terminal (the "anywhere" transitions of
        // https://vt100.net/emu/dec_ansi_parser).
        case .escape where byte == 0x1B, .characterSet where byte == 0x1B, .controlSequence where byte == 0x1B:
            parser.state = .escape
        case .ground: ground(byte)
        case .escape: escape(byte)
        case .characterSet(let slot):
            lineDrawingSlots[slot] = byte == UInt8(ascii: "0")
            parser.state = .ground
        case .controlSequence:
            parser.bytes.append(byte)
            guard (0x40...0x7E).contains(byte) else { return }
            parser.state = .ground
            perform(controlSequence: parser.bytes)
        case .string(let kind): string(kind, byte)
        }
    }

    private mutating func ground(_ byte: UInt8) {
        if byte == 0x1B {
            parser.state = .escape
        } else if byte < 0x20 {
            control(byte)
        } else if byte < 0x80 {
            print(Unicode.Scalar(byte))
        } else {
            parser.scalar.append(byte)
            let length = parser.scalar[0] >= 0xF0 ? 4 : parser.scalar[0] >= 0xE0 ? 3 : 2
            guard parser.scalar.count == length else { return }
            for scalar in String(decoding: parser.scalar, as: UTF8.self).unicodeScalars { print(scalar) }
            parser.scalar = []
        }
    }

    private mutating func escape(_ byte: UInt8) {
        parser.state = .ground
        parser.bytes = []
        switch byte {
        case UInt8(ascii: "["): parser.state = .controlSequence
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
            parser.state = .string(kind: byte)
        case UInt8(ascii: "("): parser.state = .characterSet(slot: 0)
        case UInt8(ascii: ")"): parser.state = .characterSet(slot: 1)
        case UInt8(ascii: "7"): saved = (x, y, look)
        case UInt8(ascii: "8"): (x, y, look) = saved
        case UInt8(ascii: "D"): lineFeed()
        case UInt8(ascii: "M"): reverseLineFeed()
        case UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "\\"): break
        default: unknown.append("ESC \(Character(Unicode.Scalar(byte)))")
        }
    }

    private mutating func string(_ kind: UInt8, _ byte: UInt8) {
        if byte == 0x07 || byte == 0x1B {
            parser.state = byte == 0x07 ? .ground : .escape
            finishString(kind, String(decoding: parser.bytes, as: UTF8.self))
        } else {
            parser.bytes.append(byte)
        }
    }

    private mutating func finishString(_ kind: UInt8, _ text: String) {
        let parts = text.split(separator: ";", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        switch (kind, parts[0]) {
        case (UInt8(ascii: "]"), "52") where parts.count == 3: clipboard.append(parts[2])
        // The palette as it was: curses says so when it leaves.
        case (UInt8(ascii: "]"), "104"): break
        case (UInt8(ascii: "]"), "0"), (UInt8(ascii: "]"), "2"): titles.append(parts.dropFirst().joined(separator: ";"))
        default: unknown.append("string \(Character(Unicode.Scalar(kind)))\(text)")
        }
    }
}
