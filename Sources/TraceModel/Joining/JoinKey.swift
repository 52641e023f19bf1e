public import OTLPCoding

/// A 64-bit name for something that several spans can carry: FNV-1a over its parts with a final mix.
///
/// Two values that differ share a key with a chance of 1 in 2^64 a pair.
/// Source of the constants: Fowler, Noll and Vo's hash, and the finaliser of MurmurHash3.
public struct JoinKey: Sendable, Hashable {
    public var bits: UInt64

    init(bits: UInt64) { self.bits = bits }

    /// An id of a kind.
    public init(_ kind: StaticString, _ id: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        for byte in UnsafeBufferPointer(start: kind.utf8Start, count: kind.utf8CodeUnitCount) { add(byte) }
        add(0xff)
        for byte in id.utf8 { add(byte) }
        add(0xff)
        bits = Self.mixed(hash)
    }

    /// An id of a kind on a channel, in a joiner's number for it.
    init(_ kind: UInt64, _ channel: UInt32, _ id: UInt64) {
        bits = Self.mixed(id ^ Self.mixed(kind << 32 | UInt64(channel)))
    }

    public init(_ key: SpanKey) {
        bits = Self.mixed(key.trace.high ^ Self.mixed(key.trace.low ^ Self.mixed(key.span.bits)))
    }

    public init(_ trace: TraceID) { bits = Self.mixed(trace.high ^ Self.mixed(trace.low)) }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 33)) &* 0xff51_afd7_ed55_8ccd
        value = (value ^ (value >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return value ^ (value >> 33)
    }
}
