/// What the sequences of ECMA-48 and xterm mean, for keys that the terminfo entry does not know.
enum KeySequences {
    /// The key that sends a single scalar; control characters are keys of their own or Ctrl and a letter.
    static func character(_ scalar: Unicode.Scalar) -> Key {
        switch scalar.value {
        case 0x00: Key(.character(" "), control: true)
        case 0x09: Key(.tab)
        case 0x0A, 0x0D: Key(.enter)
        case 0x1B: Key(.escape)
        case 0x08, 0x7F: Key(.backspace)
        case 0x01...0x1A: Key(.character(Unicode.Scalar(UInt8(scalar.value) + 0x60)), control: true)
        case 0x1C...0x1F: Key(.character(Unicode.Scalar(UInt8(scalar.value) + 0x40)), control: true)
        default: Key(.character(scalar))
        }
    }

    /// `ESC O` and a letter: cursor keys in application mode, F1 to F4, Enter of the keypad.
    static func singleShift(_ byte: UInt8) -> Key? {
        switch byte {
        case UInt8(ascii: "M"): Key(.enter)
        case UInt8(ascii: "P")...UInt8(ascii: "S"): Key(.function(Int(byte - UInt8(ascii: "P")) + 1))
        default: cursor(byte).map { Key($0) }
        }
    }

    /// `ESC [`, numbers and a final byte. The second number is the modifiers plus 1: Shift 1, Alt 2, Ctrl 4.
    static func controlSequence(_ numbers: [Int], final: UInt8) -> Key? {
        let code: Key.Code?
        switch final {
        case UInt8(ascii: "Z"): code = .backTab
        case UInt8(ascii: "~"): code = numbered(numbers.first ?? 0)
        case UInt8(ascii: "P")...UInt8(ascii: "S"): code = .function(Int(final - UInt8(ascii: "P")) + 1)
        default: code = cursor(final)
        }
        guard let code else { return nil }
        let modifiers = numbers.count > 1 ? numbers[1] - 1 : 0
        return Key(code, control: modifiers & 4 != 0, alt: modifiers & 2 != 0)
    }

    /// A button with flags, and the place, counted from 1. Only presses of the left button and the wheel count.
    static func mouse(_ numbers: [Int]) -> Mouse? {
        guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
        let flags = (shift: 4, alt: 8, control: 16)
        let action: Mouse.Action? =
            switch numbers[0] & ~(flags.shift | flags.alt | flags.control) {
            case 0: .press
            case 64: .wheelUp
            case 65: .wheelDown
            default: nil
            }
        return action.map { Mouse($0, x: numbers[1] - 1, y: numbers[2] - 1) }
    }

    /// The numbers between semicolons, none above 65535; empty ones are 0.
    static func numbers(_ parameters: ArraySlice<UInt8>) -> [Int] {
        parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { digits in
            digits.reduce(0) { number, byte in
                (0x30...0x39).contains(byte) ? min(65_535, number * 10 + Int(byte - 0x30)) : number
            }
        }
    }

    private static func cursor(_ byte: UInt8) -> Key.Code? {
        switch byte {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "F"): .end
        default: nil
        }
    }

    private static func numbered(_ number: Int) -> Key.Code? {
        switch number {
        case 1, 7: .home
        case 2: .insert
        case 3: .delete
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        case 11...15: .function(number - 10)
        case 17...21: .function(number - 11)
        case 23, 24: .function(number - 12)
        default: nil
        }
    }
}
