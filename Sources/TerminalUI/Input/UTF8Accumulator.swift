/// Puts scalars together from bytes that arrive one by one, also across reads.
///
/// Malformed bytes give one U+FFFD each run; what follows them is not lost.
struct UTF8Accumulator: Sendable {
    private var pending: [UInt8] = []
    private var missing = 0

    /// The scalars that this byte completes: none, one, or U+FFFD and one.
    mutating func feed(_ byte: UInt8) -> [Unicode.Scalar] {
        if missing > 0, byte & 0xC0 == 0x80 {
            pending.append(byte)
            missing -= 1
            return missing == 0 ? flush() : []
        }
        var scalars = flush()
        switch byte {
        case 0x00...0x7F: scalars.append(Unicode.Scalar(byte))
        case 0xC2...0xDF: start(byte, missing: 1)
        case 0xE0...0xEF: start(byte, missing: 2)
        case 0xF0...0xF4: start(byte, missing: 3)
        default: scalars.append("\u{FFFD}")
        }
        return scalars
    }

    /// Gives up waiting: what there is so far, as a scalar.
    mutating func flush() -> [Unicode.Scalar] {
        defer {
            pending = []
            missing = 0
        }
        return String(decoding: pending, as: UTF8.self).unicodeScalars.first.map { [$0] } ?? []
    }

    private mutating func start(_ byte: UInt8, missing: Int) {
        pending = [byte]
        self.missing = missing
    }
}
