import Foundation
import OTLPCoding
import Testing
import TraceModel

@testable import TraceStore

@Suite struct LookupTests {
    @Test(arguments: [0, 200, 1 << 20])
    func `segments are found the same whatever part of their keys is kept`(limit: Int) async throws {
        let folder = try Folder()
        let store = try open(folder)
        for part in 0..<8 as Range<UInt64> { try await submit(bookings(part * 3..<part * 3 + 3), to: store).get() }
        store.close()
        let reader = try SpanStoreReader(folder.store)
        let found = try reader.withDatabase { database in
            var lookup = SegmentLookup(limit: limit)
            // Each question twice: the second is answered from what is kept.
            return try (0..<2).flatMap { _ in
                try [1, 13, 47].map { number in
                    try lookup.segments(database, holding: [SegmentKeys.key(correlation: "예매-\(number)")])
                } + [lookup.segments(database, holding: [1])]
            }
        }
        let expected: [[Int64]] = [[1], [3], [8], []]
        #expect(found == expected + expected)
    }

    @Test func `a reader goes on with another catalog's correlation attributes and routes`() async throws {
        let folder = try Folder()
        let store = try open(folder)
        let span = OTLPSpan(
            trace: TraceID(high: 1, low: 1), id: SpanID(bits: 1), kind: .server, name: "POST /예매",
            start: 1_000, end: 2_000, attributes: [("예매.번호", "A-17")])
        let batch = try OTLPBatch.decode(
            protobuf: OTLPRequest(resources: [
                OTLPResource(
                    attributes: [("service.name", "주문")], scopes: [OTLPScope(name: "t", spans: [span])])
            ]).encoded())
        try await submit(batch, to: store).get()
        let reader = try SpanStoreReader(folder.store)
        #expect(try reader.conversations(limit: 1).map(\.correlationID) == [nil])
        var settings = SpanStore.Settings()
        settings.correlationAttributes = ["예매.번호"]
        reader.reload(settings)
        #expect(try reader.conversations(limit: 1).map(\.correlationID) == ["A-17"])
        store.close()
    }

    @Test func `the newest conversations are the same however many segments it takes to fill the list`() async throws {
        let folder = try Folder()
        let store = try open(folder)
        for part in 0..<60 as Range<UInt64> {
            try await submit(bookings(part * 50..<part * 50 + 50), to: store).get()
        }
        store.close()
        let newest = (0..<3_000).reversed().map { "예매-\($0 * 2 + 1)" }
        for limits in [[10], [200], [1, 30, 400, 10, 2_000]] {
            let reader = try SpanStoreReader(folder.store)
            for limit in limits {
                let found = try reader.conversations(limit: limit)
                #expect(found.map(\.id) == Array(newest.prefix(limit)))
                #expect(found.allSatisfy { $0.spans.count == 2 })
            }
        }
    }

    @Test func `a list that nothing was added to is the same, and grows with what is`() async throws {
        let folder = try Folder()
        let store = try open(folder)
        let reader = try SpanStoreReader(folder.store)
        #expect(try reader.conversations(limit: 9).isEmpty)
        try await submit(bookings(0..<3), to: store).get()
        let first = try reader.conversations(limit: 9)
        #expect(first.count == 3)
        #expect(try reader.conversations(limit: 9) == first)
        #expect(try reader.conversations(limit: 2) == Array(first.prefix(2)))
        try await submit(bookings(3..<4), to: store).get()
        #expect(try reader.conversations(limit: 9).count == 4)
        store.close()
    }
}
