/// Appends numbers in seven-bit groups, small ones in one byte (LEB128, as in protobuf).
struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func append(_ value: UInt64) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }

    /// A signed number, small ones of either sign in one byte (zigzag).
    mutating func append(signed value: Int64) { append(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

    mutating func append(count: Int) { append(signed: Int64(count)) }

    mutating func append(fixed value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

/// Reads what `ByteWriter` wrote; beyond the end, or in damaged bytes, everything reads as zero.
struct ByteReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position >= bytes.count }

    mutating func number() -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 || shift >= 63 { return value }
            shift += 7
        }
        return 0
    }

    mutating func signed() -> Int64 {
        let value = number()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func count() -> Int { Int(signed()) }

    /// A count that can be added to others: what none can be, in damaged bytes, reads as zero.
    mutating func smallCount() -> Int {
        let value = signed()
        return value.magnitude < 1 << 48 ? Int(value) : 0
    }

    mutating func fixed() -> UInt64 {
        guard position + 8 <= bytes.count else {
            position = bytes.count
            return 0
        }
        defer { position += 8 }
        return bytes.withUnsafeBytes {
            UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        }
    }
}
