import Testing
import TraceModel

@testable import TraceStore

@Suite struct CodingTests {
    @Test(arguments: [0, 1, 127, 128, 300, UInt64.max])
    func `numbers come back`(value: UInt64) {
        var writer = ByteWriter()
        writer.append(value)
        writer.append(signed: Int64(bitPattern: value))
        writer.append(fixed: value)
        var reader = ByteReader(writer.bytes)
        #expect(reader.number() == value)
        #expect(reader.signed() == Int64(bitPattern: value))
        #expect(reader.fixed() == value)
        #expect(reader.isAtEnd)
    }

    @Test func `hop records come back`() {
        let records = [
            HopRecord(
                edge: 7, sign: 1, isError: true, isDuplicate: false, evidence: .link, time: 1_768_467_600_000_000_000,
                wait: -30, work: 12, trace: .max),
            HopRecord(
                edge: 1, sign: -1, isError: false, isDuplicate: true, evidence: nil, time: 5, wait: nil, work: nil,
                trace: 0),
        ]
        #expect(HopRecord.decoded(HopRecord.encoded(records)) == records)
    }

    @Test func `figures come back`() {
        var figures = EdgeFigures()
        figures.count = 41
        figures.deliveries = 42
        figures.errors = 1
        figures.duplicates = 1
        figures.firstSeen = 1
        figures.lastSeen = .max
        figures.joinedBy = [.link: 40, .messageID: 1]
        figures.wait.record(38_000_000, times: 41)
        figures.work.record(0)
        #expect(EdgeFigures(encoded: figures.encoded) == figures)
        let head = EdgeFigures(encodedHead: Array(figures.encoded.prefix(EdgeFigures.headLength)))
        #expect(
            [head.count, head.deliveries, head.errors, head.duplicates]
                == [figures.count, figures.deliveries, figures.errors, figures.duplicates])
        #expect((head.firstSeen, head.lastSeen) == (figures.firstSeen, figures.lastSeen))
    }

    @Test func `damaged bytes read as something, never as a crash`() {
        var figures = EdgeFigures()
        figures.wait.record(38_000_000, times: 41)
        let bytes = figures.encoded
        for length in bytes.indices { _ = EdgeFigures(encoded: Array(bytes[..<length])) }
        for value in UInt8.min...UInt8.max {
            _ = EdgeFigures(encoded: Array(repeating: value, count: 40))
            _ = HopRecord.decoded(Array(repeating: value, count: 40))
            _ = Compression.decompressed(Array(repeating: value, count: 40))
        }
    }

    @Test func `compressed bytes come back, and a bomb does not go off`() {
        let bytes = Array("주문.완료 ".utf8) + Array(repeating: 0, count: 1 << 20)
        let packed = Compression.compressed(bytes)
        #expect(packed.count < 4_096)
        #expect(Compression.decompressed(packed) == bytes)
        #expect(Compression.decompressed(packed, limit: 1 << 19) == nil)
        #expect(Compression.decompressed(Array(packed.dropLast())) == nil)
    }

    @Test func `a key is found by its upper half`() {
        let keys = [9, 3, 7, UInt32.max, 0].map { UInt64($0) << 32 | 5 }
        let halves = SegmentKeys.encoded(keys).withUnsafeBytes { SegmentKeys.halves(of: $0) }
        #expect(halves.count == 5 * 4)
        for (wanted, isThere) in [(UInt32(7), true), (.max, true), (0, true), (8, false), (4, false)] {
            #expect(halves.withUnsafeBytes { SegmentKeys.halves($0, containAnyOf: [wanted]) } == isThere)
            #expect(halves.withUnsafeBytes { SegmentKeys.halves($0, containAnyOf: [1, wanted]) } == isThere)
        }
        #expect(keys.allSatisfy { [9, 3, 7, .max, 0].contains(SegmentKeys.half(of: $0)) })
        #expect([UInt8]().withUnsafeBytes { !SegmentKeys.halves($0, containAnyOf: [1]) })
    }
}
