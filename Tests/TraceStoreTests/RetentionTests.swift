import Foundation
import GRDB
import OTLPCoding
import Testing
import TraceModel

@testable import TraceStore

@Suite struct RetentionTests {
    private let folder: Folder
    private let clock = TestClock()

    init() throws { folder = try Folder() }

    private func open(_ change: (inout SpanStore.Settings) -> Void = { _ in }) throws -> SpanStore {
        var settings = SpanStore.Settings()
        settings.clock = clock.clock
        change(&settings)
        return try SpanStore.open(folder.store, settings: settings).store
    }

    private func health() throws -> StoreHealth { try SpanStoreReader(folder.store).health(now: clock.clock.wall()) }

    private func conversations() throws -> [String] {
        try SpanStoreReader(folder.store).conversations(limit: 99).map(\.id)
    }

    @Test func `spans go at their age, what was learnt from them stays, and both are counted`() async throws {
        let store = try open()
        try await submit(bookings(0..<3), to: store).get()
        clock.pass(.days(4))
        try await submit(bookings(3..<6), to: store).get()
        clock.pass(.days(2))
        try store.keepHouseNow()
        #expect(try health().evictedSpans == 0)
        clock.pass(.days(2))
        try store.keepHouseNow()
        #expect(try conversations() == ["예매-11", "예매-9", "예매-7"])
        let health = try health()
        #expect(health.spans == 6)
        #expect(health.evictedSpans == 6)
        #expect(health.evictedFigures == 0)
        #expect(health.evictedUntil == 1_768_467_600_000_000_000)
        #expect(
            try describe(SpanStoreReader(folder.store).edges(now: 0)) == [
                "consumes 주문.완료 -> 알림: 6 of 6, link 6", "publishes 주문 -> 주문.완료: 6 of 6",
            ])
        store.close()
    }

    @Test func `the counted size of the spans is their true size`() async throws {
        let store = try open()
        for number in UInt64(0)..<5 { try await submit(bookings(number..<number + 2), to: store).get() }
        store.close()
        let database = try DatabaseQueue(path: folder.store)
        let (counted, real) = try await database.read { db in
            (
                try Int.fetchOne(db, sql: "SELECT span_bytes FROM totals"),
                try Int.fetchOne(
                    db,
                    sql: """
                        SELECT (SELECT sum(length(keys) + length(data)) FROM segments)
                            + (SELECT sum(length(data)) FROM hops)
                        """)
            )
        }
        #expect(counted == real)
    }

    @Test func `the lookup goes with its segments, and comes again with reindex`() async throws {
        let store = try open()
        try await submit(bookings(0..<3), to: store).get()
        clock.pass(.days(4))
        try await submit(bookings(3..<6), to: store).get()
        clock.pass(.days(4))
        try store.keepHouseNow()
        let database = try DatabaseQueue(path: folder.store)
        func segments() async throws -> [Int64] {
            try await database.read { try Int64.fetchAll($0, sql: "SELECT segment FROM lookup") }
        }
        #expect(try await segments() == [2])
        try await database.writeWithoutTransaction { try $0.execute(sql: "UPDATE lookup SET keys = x''") }
        let reader = try SpanStoreReader(folder.store)
        #expect(try reader.conversation("예매-9") == nil)
        try store.reindex { _, _ in }
        #expect(try await segments() == [2])
        #expect(try reader.conversation("예매-9")?.spans.count == 2)
        store.close()
    }

    @Test func `figures go at an age of their own, and edges with them`() async throws {
        let store = try open()
        try await submit(bookings(0..<3), to: store).get()
        clock.pass(.days(91))
        try store.keepHouseNow()
        #expect(try SpanStoreReader(folder.store).edges(now: 0) == [])
        #expect(try health().evictedFigures == 2)
        // A new span finds the edges gone, and makes them again.
        try await submit(bookings(3..<4), to: store).get()
        #expect(try SpanStoreReader(folder.store).edges(now: 0).map(\.figures.count) == [1, 1])
        store.close()
    }

    @Test(arguments: [Duration.days(365), .days(-365)])
    func `a machine's clock that jumps by a year takes nothing away`(jump: Duration) async throws {
        var store = try open()
        try await submit(bookings(0..<3), to: store).get()
        clock.pass(.seconds(120))
        clock.jump(jump)
        try await submit(bookings(3..<6), to: store).get()
        try store.keepHouseNow()
        store.close()
        clock.jump(.zero - jump)
        store = try open()
        try await submit(bookings(6..<9), to: store).get()
        clock.jump(jump)
        try store.keepHouseNow()
        clock.pass(.days(5))
        try store.keepHouseNow()
        #expect(try health().evictedSpans == 0)
        #expect(try health().evictedFigures == 0)
        #expect(try conversations().count == 9)
        // Real time ends it all the same.
        clock.pass(.days(3))
        try store.keepHouseNow()
        #expect(try health().spans == 0)
        store.close()
    }

    @Test func `time in which no collector ran counts as a day at most`() async throws {
        var store = try open()
        try await submit(bookings(0..<3), to: store).get()
        store.close()
        clock.jump(.days(365))
        store = try open()
        try store.keepHouseNow()
        #expect(try health().evictedSpans == 0)
        clock.pass(.days(6) + .seconds(61))
        try store.keepHouseNow()
        #expect(try health().evictedSpans == 6)
        store.close()
    }

    @Test func `a store that is full keeps the newest, and its file does not grow`() async throws {
        let store = try open { $0.retention = Retention(spans: nil, figures: nil, bytes: 400_000) }
        let beside = try SpanStoreReader(folder.store)
        for round in 0..<60 as Range<UInt64> {
            try await submit(bookings(round * 100..<round * 100 + 100), to: store).get()
            clock.pass(.seconds(61))
            try store.keepHouseNow()
            // A reader that was open all the time sees what is there now.
            #expect(
                try beside.snapshot(.all, conversations: 9, now: 0).conversations.first?.id == "예매-\(round * 200 + 199)"
            )
        }
        let health = try health()
        #expect(health.evictedSpans > 0)
        #expect(health.spans + health.evictedSpans == 12_000)
        #expect(health.spans > 0)
        #expect(StoreFiles.size(of: folder.store) < 1_000_000)
        #expect(try SpanStoreReader(folder.store).conversation("예매-11999") != nil)
        #expect(try SpanStoreReader(folder.store).conversation("예매-1") == nil)
        store.close()
    }

    @Test func `room that became free goes back to the disk`() async throws {
        let store = try open()
        for round in 0..<40 as Range<UInt64> {
            try await submit(bookings(round * 1_000..<round * 1_000 + 1_000), to: store).get()
            clock.pass(.seconds(61))
        }
        try store.keepHouseNow()
        let before = StoreFiles.size(of: folder.store) + StoreFiles.size(of: folder.store + "-wal")
        store.reload(
            {
                var settings = SpanStore.Settings()
                settings.retention = Retention(spans: nil, figures: nil, bytes: 300_000)
                return settings
            }())
        try store.keepHouseNow()
        store.close()
        #expect(StoreFiles.size(of: folder.store) < before / 2)
        #expect(try health().spans > 0)
    }

    @Test func `a conversation whose older part is gone says so`() async throws {
        let store = try open()
        func part(_ kind: SpanKind, _ range: Range<UInt64>) throws -> OTLPBatch { try half(of: bookings(range), kind) }
        try await submit(part(.producer, 0..<3), to: store).get()
        clock.pass(.days(1))
        try await submit(part(.consumer, 0..<3), to: store).get()
        try await submit(bookings(3..<6), to: store).get()
        clock.pass(.days(6) + .seconds(60))
        try store.keepHouseNow()
        let reader = try SpanStoreReader(folder.store)
        let warning = "its older part was evicted from the store"
        let orphan = try #require(try reader.conversations(limit: 99).last)
        #expect(orphan.spans.count == 1)
        #expect(orphan.warnings.contains(warning))
        #expect(try reader.conversation(#require(orphan.traces.first).description)?.warnings.contains(warning) == true)
        #expect(try reader.conversation("예매-7")?.warnings.isEmpty == true)
        store.close()
    }

    @Test func `working out again keeps the figures of spans that are gone`() async throws {
        let store = try open()
        try await submit(bookings(0..<3), to: store).get()
        clock.pass(.days(8))
        try store.keepHouseNow()
        // An hour after the first three, in the spans' own time.
        try await submit(bookings(1_800_000..<1_800_003), to: store).get()
        let before = try SpanStoreReader(folder.store).edges(now: 0)
        #expect(before.map(\.figures.count) == [6, 6])
        try store.reindex { _, _ in }
        #expect(try SpanStoreReader(folder.store).edges(now: 0) == before)
        store.close()
    }

    @Test func `what waits for the next mark goes too when no span comes any more`() async throws {
        let store = try open()
        try await submit(bookings(0..<1), to: store).get()
        clock.pass(.seconds(5))
        try await submit(bookings(1..<2), to: store).get()
        clock.pass(.seconds(60))
        try store.keepHouseNow()
        clock.pass(.days(7))
        try store.keepHouseNow()
        #expect(try health().spans == 0)
        store.close()
    }
}

/// The spans of one kind.
func half(of batch: OTLPBatch, _ kind: SpanKind) throws -> OTLPBatch {
    var reader = SpanReader()
    let spans = reader.spans(in: batch).filter { $0.kind == kind }
    let services = Dictionary(grouping: spans, by: \.service).sorted { $0.key < $1.key }
    return try OTLPBatch.decode(
        protobuf: OTLPRequest(
            resources: services.map { service, spans in
                OTLPResource(
                    attributes: [("service.name", .string(service))],
                    scopes: [
                        OTLPScope(
                            name: "t",
                            spans: spans.map { span in
                                OTLPSpan(
                                    trace: span.trace, id: span.id, kind: span.kind, name: span.name,
                                    start: span.start, end: span.end,
                                    attributes: span.attributes.map { ($0.key, $0.value) },
                                    links: span.links.map { OTLPLink(trace: $0.trace, span: $0.span) })
                            })
                    ])
            }
        ).encoded())
}
