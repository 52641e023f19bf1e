/// The 16-byte identifier of a trace (W3C Trace Context, `trace-id`), kept as two big-endian halves.
@frozen public struct TraceID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public var high: UInt64
    public var low: UInt64

    @inlinable public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// From 32 hexadecimal digits of either case; `nil` for anything else, and for the invalid all-zero id.
    public init?(hex: some StringProtocol) {
        let digits = Array(hex.utf8)
        guard digits.count == 32, let high = hexadecimal(digits[..<16]), let low = hexadecimal(digits[16...]),
            high | low != 0
        else { return nil }
        self.init(high: high, low: low)
    }

    /// All zero: no trace.
    @inlinable public var isZero: Bool { high | low == 0 }

    /// 32 lowercase hexadecimal digits.
    public var description: String { hexadecimal(high) + hexadecimal(low) }

    @inlinable public static func < (left: TraceID, right: TraceID) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
}

/// The 8-byte identifier of a span (W3C Trace Context, `parent-id`), kept as a big-endian number; zero means none.
@frozen public struct SpanID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public var bits: UInt64

    @inlinable public init(bits: UInt64) { self.bits = bits }

    /// From 16 hexadecimal digits of either case; `nil` for anything else, and for the invalid all-zero id.
    public init?(hex: some StringProtocol) {
        let digits = Array(hex.utf8)
        guard digits.count == 16, let bits = hexadecimal(digits[...]), bits != 0 else { return nil }
        self.init(bits: bits)
    }

    /// All zero: no span, as in the parent of a root.
    @inlinable public var isZero: Bool { bits == 0 }

    /// 16 lowercase hexadecimal digits.
    public var description: String { hexadecimal(bits) }

    @inlinable public static func < (left: SpanID, right: SpanID) -> Bool { left.bits < right.bits }
}

private func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for digit in digits {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt64(digit - UInt8(ascii: "A") + 10)
        default: return nil
        }
    }
    return value
}

private func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
