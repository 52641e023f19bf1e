import OTLPCoding
import Synchronization

/// Hands out identifiers that differ from each other and from those of any other run.
final class IDSource: Sendable {
    private let state: Atomic<UInt64>
    private let secret: UInt64

    /// - Parameter entropy: Decides the identifiers; random in earnest, fixed in a test.
    init(entropy: UInt64 = .random(in: 0 ... .max)) {
        state = Atomic(SplitMix64.mix(entropy))
        secret = SplitMix64.mix(~entropy)
    }

    private func next() -> UInt64 {
        let count = state.wrappingAdd(SplitMix64.golden, ordering: .relaxed).newValue
        return SplitMix64.mix(count) ^ secret
    }

    func trace() -> TraceID { TraceID(high: next() | 1, low: next()) }

    func span() -> SpanID {
        let bits = next()
        return SpanID(bits: bits == 0 ? 1 : bits)
    }

    /// A random UUID (RFC 9562, version 4) in lowercase.
    func uuid() -> String {
        let high = next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return String(unsafeUninitializedCapacity: 36) { bytes in
            var index = 0
            for (value, dashes) in [(high, [8, 13]), (low, [18, 23])] {
                for shift in stride(from: 60, through: 0, by: -4) {
                    if dashes.contains(index) || index == 18 {
                        bytes[index] = UInt8(ascii: "-")
                        index += 1
                    }
                    bytes[index] = hexadecimalDigit(value >> UInt64(shift))
                    index += 1
                }
            }
            return index
        }
    }

    /// `count` random letters and digits, as brokers and cloud APIs name things.
    func token(_ count: Int) -> String {
        var generator = SplitMix64(seed: next())
        return String(unsafeUninitializedCapacity: count) { bytes in
            for index in 0..<count { bytes[index] = alphabet[Int(generator.next() % UInt64(alphabet.count))] }
            return count
        }
    }
}

private let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

private func hexadecimalDigit(_ value: UInt64) -> UInt8 {
    let nibble = UInt8(value & 0xF)
    return nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
}
