import OTLPCoding
import Testing
import TraceModel

@testable import TraceStore

@Suite struct SegmentTests {
    @Test func `small requests share a segment, large ones and JSON have their own, and all come back`() throws {
        let small = [try bookings(0..<3), try bookings(3..<5)]
        let large = try bookings(10..<1_000)
        #expect(large.bytes.count > 64 << 10)
        let json = try bookings(5..<6)
        let items =
            [ReceivedRequest(batch: small[0]), ReceivedRequest(batch: large)].map(item)
            + [item(ReceivedRequest(json: Array("{}".utf8), batch: json)), item(ReceivedRequest(batch: small[1]))]
        let segments = SegmentBuilder.segments(of: items)
        #expect(segments.map(\.spans).sorted() == [2, 10, 1_980])
        #expect(segments.first { $0.format == .json }.map { Compression.decompressed($0.data) } == Array("{}".utf8))
        let spans = try segments.filter { $0.format == .protobuf }.flatMap { segment in
            try OTLPBatch.decode(protobuf: Compression.decompressed(segment.data) ?? []).spans.map(\.span)
        }
        #expect(Set(spans) == Set((small + [large]).flatMap(\.spans).map(\.span)))
    }

    @Test func `bytes are compressed once, whoever asks`() async {
        let bytes = Array(repeating: UInt8(7), count: 1 << 20)
        let compressed = CompressedBytes(bytes)
        let values = await withTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<8 { group.addTask { compressed.value } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(values).count == 1)
        #expect(Compression.decompressed(values[0]) == bytes)
    }

    private func item(_ request: ReceivedRequest) -> StoreWriter.Item {
        var reader = SpanReader()
        let digest = reader.digest(request.batch)
        return StoreWriter.Item(
            request: request, facts: digest.facts, profiles: digest.profiles,
            keys: SegmentKeys.keys(of: request.batch, digest), ownData: SegmentBuilder.ownData(of: request))
    }
}
