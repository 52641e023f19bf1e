/// Finds the row of an attribute key without making a string of it: the inner loop of reading spans.
///
/// An open-addressing table over the length and the first and last eight bytes of a key; a hit is confirmed byte by
/// byte.
struct AttributeIndex: Sendable {
    private var slots: [Int16]
    private var starts: [Int] = []
    private var bytes: [UInt8] = []
    private let mask: Int

    init(_ names: [String]) {
        var capacity = 64
        while capacity < names.count * 4 { capacity *= 2 }
        mask = capacity - 1
        slots = Array(repeating: -1, count: capacity)
        for (index, name) in names.enumerated() {
            starts.append(bytes.count)
            bytes.append(contentsOf: name.utf8)
            var slot = Array(name.utf8).withUnsafeBytes { Self.hash($0) } & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int16(index)
        }
        starts.append(bytes.count)
    }

    /// The index of the name that equals `key`; nil when there is none.
    func row(of key: UnsafeRawBufferPointer) -> Int? {
        var slot = Self.hash(key) & mask
        while slots[slot] >= 0 {
            let row = Int(slots[slot])
            let name = starts[row]..<starts[row + 1]
            if name.count == key.count,
                bytes.withUnsafeBytes({ Self.areEqual(UnsafeRawBufferPointer(rebasing: $0[name]), key) })
            {
                return row
            }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Of one length; eight bytes at a time.
    private static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        var offset = 0
        while offset + 8 <= left.count {
            guard
                left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    == right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            else { return false }
            offset += 8
        }
        while offset < left.count {
            guard left[offset] == right[offset] else { return false }
            offset += 1
        }
        return true
    }

    private static func hash(_ key: UnsafeRawBufferPointer) -> Int {
        var value = UInt64(truncatingIfNeeded: key.count) &* 0x9E37_79B9_7F4A_7C15
        if key.count >= 8 {
            value ^= key.loadUnaligned(as: UInt64.self)
            value = value &* 0xBF58_476D_1CE4_E5B9
            value ^= key.loadUnaligned(fromByteOffset: key.count - 8, as: UInt64.self)
        } else {
            for byte in key { value = (value << 8) ^ UInt64(byte) }
        }
        value = (value ^ (value >> 29)) &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: value >> 33)
    }
}
