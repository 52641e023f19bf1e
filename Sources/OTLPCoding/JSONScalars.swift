/// A string of a JSON text, between its quotes: valid UTF-8, its escapes checked and not yet replaced.
///
/// Points into the text and is valid as long as that is.
struct JSONString {
    let content: UnsafeBufferPointer<UInt8>
    let hasEscapes: Bool

    /// The string's UTF-8 bytes, escapes replaced.
    var bytes: [UInt8] {
        guard hasEscapes, let start = content.baseAddress else { return Array(content) }
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        let end = start + content.count
        var position = start
        while position < end {
            guard position.pointee == UInt8(ascii: "\\") else {
                result.append(position.pointee)
                position += 1
                continue
            }
            if var scalar = codeUnit(at: position, before: end) {
                position += 6
                if scalar & 0xFC00 == 0xD800, let second = codeUnit(at: position, before: end) {
                    scalar = 0x10000 + (scalar & 0x3FF) << 10 + second & 0x3FF
                    position += 6
                }
                if let scalar = Unicode.Scalar(scalar) { result.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
            } else {
                result.append(Self.character(escapedAs: position[1]))
                position += 2
            }
        }
        return result
    }

    private static func character(escapedAs byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: byte
        }
    }

    /// Lets a `switch` compare a key with field names.
    static func ~= (name: StaticString, key: JSONString) -> Bool {
        if key.hasEscapes {
            return key.bytes.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        }
        guard key.content.count == name.utf8CodeUnitCount else { return false }
        return key.content.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
}

/// A number of a JSON text, which matches the grammar of RFC 8259; points into the text.
struct JSONNumber {
    let text: UnsafeBufferPointer<UInt8>
    /// Without fraction and exponent.
    let isInteger: Bool

    init(text: UnsafeBufferPointer<UInt8>, isInteger: Bool) {
        self.text = text
        self.isInteger = isInteger
    }

    /// A text that is a number and nothing else.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard let start = text.baseAddress else { return nil }
        var reader = JSONReader(start, start + text.count)
        guard let number = try? reader.number(), number.text.count == text.count else { return nil }
        self = number
    }

    /// The number if it is whole and fits: `1`, `1.0` and `1e3` are whole.
    func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer? {
        guard isInteger else {
            guard let double else { return nil }
            return Integer(exactly: double)
        }
        let isNegative = text.first == UInt8(ascii: "-")
        var value: Integer = 0
        for byte in text.dropFirst(isNegative ? 1 : 0) {
            let digit = Integer(byte &- UInt8(ascii: "0"))
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) =
                isNegative ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }

    /// The nearest double; nil where it is beyond the largest.
    var double: Double? {
        guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }
}
