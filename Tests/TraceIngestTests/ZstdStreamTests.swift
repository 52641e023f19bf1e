import Testing

@testable import TraceIngest

@Suite struct ZstdStreamTests {
    /// A frame of uncompressed blocks (RFC 8878, 3.1.1).
    private func frame(_ plain: [UInt8]) -> [UInt8] {
        let size = UInt32(plain.count)
        var bytes: [UInt8] =
            [0x28, 0xB5, 0x2F, 0xFD, 0xA0] + (0..<4).map { UInt8(truncatingIfNeeded: size >> ($0 * 8)) }
        var rest = plain[...]
        repeat {
            let block = rest.prefix(1 << 17)
            rest = rest.dropFirst(block.count)
            let header = UInt32(block.count) << 3 | (rest.isEmpty ? 1 : 0)
            bytes += (0..<3).map { UInt8(truncatingIfNeeded: header >> ($0 * 8)) } + block
        } while !rest.isEmpty
        return bytes
    }

    @Test(arguments: [0, 1, 131_071, 131_072, 131_073, 262_144, 300_000])
    func `content of any length comes back`(length: Int) {
        let plain = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        #expect(ZstdStream.decompressed(frame(plain), limit: length) == plain)
        #expect(ZstdStream.decompressed(frame(plain) + frame([7]), limit: length + 1) == plain + [7])
        #expect(ZstdStream.decompressed(Array(frame(plain).dropLast()), limit: length) == nil)
        #expect(length == 0 || ZstdStream.decompressed(frame(plain), limit: length - 1) == nil)
    }
}
