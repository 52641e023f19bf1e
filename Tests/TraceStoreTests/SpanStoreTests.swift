import Foundation
import OTLPCoding
import Synchronization
import Testing
import TraceModel

@testable import TraceStore

@Suite struct SpanStoreTests {
    private static let threeBookings = ["consumes 주문.완료 -> 알림: 3 of 3, link 3", "publishes 주문 -> 주문.완료: 3 of 3"]

    @Test func `what was acknowledged is there for a reader that is open beside the writer`() async throws {
        let folder = try Folder()
        let store = try open(folder)
        let reader = try SpanStoreReader(folder.store)
        #expect(try reader.edges(now: 0) == [])
        try await submit(bookings(0..<3), to: store).get()
        #expect(try describe(reader.edges(now: 0)) == Self.threeBookings)
        #expect(try reader.conversations(limit: 10).map(\.id) == ["예매-5", "예매-3", "예매-1"])
        store.close()
    }

    @Test func `spans of a request that holds no usable one are counted as rejected`() async throws {
        let folder = try Folder()
        let store = try open(folder)
        let request = #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00","spanId":"12","name":"x"}]}]}]}"#
        let batch = try OTLPBatch.decode(protobuf: OTLPJSON.transcode(Array(request.utf8)))
        try await submit(batch, to: store).get()
        try await submit(bookings(0..<1), to: store).get()
        let reader = try SpanStoreReader(folder.store)
        #expect(try reader.health(now: 0).rejected == 1)
        #expect(try reader.health(now: 0).lastRejection == batch.rejected.reason)
        #expect(try reader.conversations(limit: 10).count == 1)
        store.close()
    }

    @Test func `sending again, also after a restart, counts nothing twice`() async throws {
        let folder = try Folder()
        for _ in 0..<2 {
            let store = try open(folder)
            for _ in 0..<2 { try await submit(bookings(0..<3), to: store).get() }
            store.close()
        }
        let reader = try SpanStoreReader(folder.store)
        #expect(try describe(reader.edges(now: 0)) == Self.threeBookings)
        #expect(try reader.conversation("예매-3")?.spans.count == 2)
    }

    @Test func `what the joiner forgot is not counted again, also after a restart`() async throws {
        let folder = try Folder()
        var settings = SpanStore.Settings()
        settings.joinCapacity = 60
        for round in 0..<3 {
            let store = try SpanStore.open(folder.store, settings: settings).store
            if round == 0 {
                for part in 0..<30 as Range<UInt64> {
                    try await submit(bookings(part * 10..<part * 10 + 10), to: store).get()
                }
            }
            // The oldest, which are out of memory, and the newest.
            for range in [0..<10, 150..<160, 290..<300] as [Range<UInt64>] {
                try await submit(bookings(range), to: store).get()
            }
            store.close()
        }
        #expect(
            try describe(SpanStoreReader(folder.store).edges(now: 0)) == [
                "consumes 주문.완료 -> 알림: 300 of 300, link 300", "publishes 주문 -> 주문.완료: 300 of 300",
            ])
    }

    @Test func `what joining gave up with one side missing is counted, and a restart gives up nothing`() async throws {
        let folder = try Folder()
        var settings = SpanStore.Settings()
        settings.joinCapacity = 60
        let store = try SpanStore.open(folder.store, settings: settings).store
        for part in 0..<30 as Range<UInt64> {
            let all = try bookings(part * 10..<part * 10 + 10)
            try await submit(all, to: store).get()
        }
        #expect(store.counters.givenUp == GivenUpMessages())
        for part in 30..<60 as Range<UInt64> {
            try await submit(half(of: bookings(part * 10..<part * 10 + 10), .consumer), to: store).get()
        }
        let givenUp = store.counters.givenUp
        #expect((200..<300).contains(givenUp.withoutPublisher))
        #expect(givenUp.withoutSubscriber == 0)
        store.close()
        let again = try SpanStore.open(folder.store, settings: settings).store
        #expect(again.counters.givenUp == GivenUpMessages())
        again.close()
    }

    @Test func `how each service speaks is kept, across restarts and reindexing`() async throws {
        let folder = try Folder()
        for round in 0..<2 as Range<UInt64> {
            let store = try open(folder)
            try await submit(bookings(round * 3..<round * 3 + 3), to: store).get()
            store.close()
        }
        func profiles() throws -> [String] {
            try SpanStoreReader(folder.store).profiles().map {
                "\($0.service) \($0.scope) \($0.role) \($0.generation): \($0.figures.spans), \($0.figures.withContext)"
            }.sorted()
        }
        let expected = ["알림 t process 1.26 to 1.44: 6, 6", "주문 t publish 1.26 to 1.44: 6, 0"]
        #expect(try profiles() == expected)
        let store = try open(folder)
        try store.reindex { _, _ in }
        store.close()
        #expect(try profiles() == expected)
    }

    @Test func `a publisher that arrives after a restart still joins its consumers`() async throws {
        let folder = try Folder()
        let all = try bookings(0..<3)
        func half(_ kind: SpanKind) throws -> OTLPBatch {
            var request = OTLPRequest()
            for (service, wanted) in [("주문", SpanKind.producer), ("알림", .consumer)] where wanted == kind {
                var reader = SpanReader()
                let spans = reader.spans(in: all).filter { $0.kind == kind }.map { span in
                    OTLPSpan(
                        trace: span.trace, id: span.id, kind: span.kind, name: span.name, start: span.start,
                        end: span.end, attributes: span.attributes.map { ($0.key, $0.value) },
                        links: span.links.map { OTLPLink(trace: $0.trace, span: $0.span) })
                }
                request.resources.append(
                    OTLPResource(
                        attributes: [("service.name", .string(service))], scopes: [OTLPScope(name: "t", spans: spans)]))
            }
            return try OTLPBatch.decode(protobuf: request.encoded())
        }
        var store = try open(folder)
        try await submit(half(.consumer), to: store).get()
        store.close()
        #expect(try describe(SpanStoreReader(folder.store).edges(now: 0)) == ["consumes 주문.완료 -> 알림: 3 of 3"])
        store = try open(folder)
        try await submit(half(.producer), to: store).get()
        store.close()
        #expect(try describe(SpanStoreReader(folder.store).edges(now: 0)) == Self.threeBookings)
    }

    @Test func `reindexing gives the same edges and conversations`() async throws {
        let folder = try Folder()
        let store = try open(folder)
        for part in 0..<5 { try await submit(bookings(UInt64(part) * 3..<UInt64(part) * 3 + 3), to: store).get() }
        let reader = try SpanStoreReader(folder.store)
        let before = try (reader.edges(now: 0), reader.conversations(limit: 100))
        var steps: [Int] = []
        try store.reindex { done, _ in steps.append(done) }
        #expect(steps.last == 5)
        #expect(try reader.edges(now: 0) == before.0)
        #expect(try reader.conversations(limit: 100) == before.1)
        store.close()
    }

    @Test func `figures of a window leave older minutes out`() async throws {
        let folder = try Folder()
        let store = try open(folder)
        try await submit(bookings(0..<3), to: store).get()
        let reader = try SpanStoreReader(folder.store)
        let epoch: UInt64 = 1_768_467_600_000_000_000
        #expect(try reader.edges(.minute, now: epoch + 30_000_000_000).count == 2)
        #expect(try reader.edges(.minute, now: epoch + 300_000_000_000).isEmpty)
        store.close()
    }

    @Test func `a second writer is refused and told which process writes`() throws {
        let folder = try Folder()
        let store = try open(folder)
        #expect(throws: StoreFailure.inUse(path: folder.store, process: getpid())) { try open(folder) }
        store.close()
    }

    @Test func `a damaged store is set aside and a new one takes its place`() async throws {
        let folder = try Folder()
        try open(folder).close()
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: folder.store))
        try handle.write(contentsOf: Data("데이터베이스가".utf8))
        try handle.close()
        let (store, setAside) = try SpanStore.open(folder.store)
        #expect(FileManager.default.fileExists(atPath: try #require(setAside)))
        try await submit(bookings(0..<1), to: store).get()
        store.close()
        #expect(try SpanStoreReader(folder.store).edges(now: 0).count == 2)
    }

    @Test func `a missing store is said to be missing`() throws {
        #expect(throws: StoreFailure.missing(path: "/nowhere/spans.db")) { try SpanStoreReader("/nowhere/spans.db") }
    }

    @Test func `files are for their owner only`() throws {
        let folder = try Folder()
        let store = try open(folder)
        defer { store.close() }
        for suffix in ["", "-wal", ".lock"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.store + suffix)
            #expect((attributes[.posixPermissions] as? Int) == 0o600, "\(suffix)")
        }
    }

    @Test func `after closing, requests are refused with a reason`() async throws {
        let folder = try Folder()
        let store = try open(folder)
        store.close()
        let result = try await submit(bookings(0..<1), to: store)
        #expect(throws: SinkFailure.unavailable(reason: "the collector is stopping")) { try result.get() }
    }

    @Test func `a watch tells of commits`() async throws {
        let folder = try Folder()
        let store = try open(folder)
        let told = Mutex(0)
        let watch = try #require(StoreWatch(storePath: folder.store) { told.withLock { $0 += 1 } })
        try await submit(bookings(0..<1), to: store).get()
        for _ in 0..<9_000 where told.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(told.withLock { $0 } > 0)
        watch.stop()
        store.close()
    }
}
