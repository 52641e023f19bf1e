import Foundation
import GRDB
import OTLPCoding
import Testing
import TraceModel

@testable import TraceStore

/// Looking at the past of a real store.
@Suite struct PastTests {
    private static let epoch: UInt64 = 1_768_467_600_000_000_000
    private static let minute: UInt64 = 60_000_000_000

    private let folder: Folder
    private let clock = TestClock()

    init() throws { folder = try Folder() }

    private func open() throws -> SpanStore {
        var settings = SpanStore.Settings()
        settings.clock = clock.clock
        return try SpanStore.open(folder.store, settings: settings).store
    }

    /// So many bookings that begin in a minute after the epoch.
    private func bookings(_ count: UInt64, inMinute minute: UInt64) throws -> OTLPBatch {
        try TraceStoreTests.bookings(minute * 30_000..<minute * 30_000 + count)
    }

    /// The names of those bookings, newest first.
    private func names(_ count: UInt64, inMinute minute: UInt64) -> [String] {
        (0..<count).reversed().map { "예매-\((minute * 30_000 + $0) * 2 + 1)" }
    }

    /// A moment, in minutes after the epoch.
    private func moment(_ minutes: Double) -> UInt64 {
        UInt64(Int64(Self.epoch) + Int64(minutes * Double(Self.minute)))
    }

    private func snapshot(_ window: TimeWindow, _ minutes: Double, limit: Int = 200) throws -> LiveSnapshot {
        try SpanStoreReader(folder.store).snapshot(
            window, until: moment(minutes), conversations: limit, now: moment(200))
    }

    private func messages(_ window: TimeWindow, _ minutes: Double) throws -> [Int] {
        try snapshot(window, minutes).edges.map(\.figures.count).filter { $0 > 0 }
    }

    // MARK: - Figures

    private func fill() async throws {
        let store = try open()
        for (minute, count) in [(0, 3), (3, 2), (10, 1), (90, 4)] as [(UInt64, UInt64)] {
            try await submit(bookings(count, inMinute: minute), to: store).get()
        }
        store.close()
    }

    @Test func `figures are those of the window that ends at the moment`() async throws {
        try await fill()
        // Consumed and published.
        #expect(try messages(.fiveMinutes, 4) == [5, 5])
        #expect(try messages(.fiveMinutes, 9) == [])
        #expect(try messages(.fiveMinutes, 10.5) == [1, 1])
        #expect(try messages(.minute, 3.5) == [2, 2])
        #expect(try messages(.hour, 62) == [3, 3])
        #expect(try messages(.all, 10.5) == [6, 6])
        // The minute that the moment lies in counts whole, the one that begins there not at all.
        #expect(try messages(.all, 90) == [6, 6])
        #expect(try messages(.all, 90.1) == [10, 10])
        #expect(try messages(.minute, 90) == [])
        #expect(try messages(.all, -1) == [])
        #expect(try describe(snapshot(.fiveMinutes, 4).edges).first == "consumes 주문.완료 -> 알림: 5 of 5, link 5")
    }

    @Test func `edges over a window that is over are the same`() async throws {
        try await fill()
        let reader = try SpanStoreReader(folder.store)
        for (window, minutes) in [(TimeWindow.fiveMinutes, 4.0), (.fiveMinutes, 9), (.hour, 62), (.all, 10.5)] {
            #expect(
                try reader.edges(window, now: moment(minutes), isOver: true)
                    == snapshot(window, minutes).edges.filter { $0.figures.count > 0 })
        }
        #expect(try reader.edges(.all, now: moment(10.5)).map(\.figures.count) == [10, 10])
    }

    @Test func `an edge that was quiet in the window is there, with when it was seen and no figures`() async throws {
        try await fill()
        func quiet(_ snapshot: LiveSnapshot) -> [ClosedRange<UInt64>] {
            snapshot.edges.filter { $0.figures.count == 0 }.map {
                $0.figures.firstSeen / Self.minute...$0.figures.lastSeen / Self.minute
            }
        }
        let start = Self.epoch / Self.minute
        let reader = try SpanStoreReader(folder.store)
        #expect(try reader.snapshot(.minute, conversations: 1, now: moment(200), isQuick: true).edges.isEmpty)
        #expect(
            try quiet(reader.snapshot(.minute, conversations: 1, now: moment(200)))
                == Array(repeating: start...start + 90, count: 2))
        // What no window holds is known from then on.
        #expect(try reader.snapshot(.minute, conversations: 1, now: moment(201), isQuick: true).edges.count == 2)
        // A moment in the past knows nothing of later.
        #expect(try quiet(snapshot(.fiveMinutes, 9)) == Array(repeating: start...start + 3, count: 2))
        #expect(try quiet(snapshot(.minute, 2)) == Array(repeating: start...start, count: 2))
        #expect(try quiet(snapshot(.minute, 80)) == Array(repeating: start...start + 10, count: 2))
        #expect(try quiet(snapshot(.minute, 150)) == Array(repeating: start...start + 90, count: 2))
        #expect(try snapshot(.fiveMinutes, -1).edges.isEmpty)
        #expect(try snapshot(.fiveMinutes, 91).edges.map(\.figures.count) == [4, 4])
    }

    @Test func `the past tells when an edge was seen by then, in figures that were written in any order`() async throws
    {
        let store = try open()
        for minute in [50, 3, 90, 20, 0] as [UInt64] {
            try await submit(bookings(1, inMinute: minute), to: store).get()
            clock.pass(.days(1))
        }
        store.close()
        for (moment, seen) in [(10.0, 3), (45, 20), (85, 50), (200, 90)] as [(Double, UInt64)] {
            let edges = try snapshot(.minute, moment).edges
            #expect(edges.map(\.figures.count) == [0, 0])
            #expect(
                edges.allSatisfy { $0.figures.lastSeen / Self.minute == Self.epoch / Self.minute + seen }, "\(moment)")
        }
    }

    @Test func `what goes on after the moment was not seen by then`() async throws {
        let store = try open()
        var figures = EdgeFigures()
        (figures.count, figures.deliveries) = (1, 1)
        (figures.firstSeen, figures.lastSeen) = (moment(3.1), moment(60))
        try await submit(bookings(1, inMinute: 90), to: store).get()
        store.close()
        let database = try DatabaseQueue(path: folder.store)
        try await database.write { [figures] db in
            try db.execute(
                sql: "INSERT INTO figures(minute, edge, data, touched) VALUES (?, 1, ?, 0)",
                arguments: [Int64(moment(3) / Self.minute), Data(figures.encoded)])
        }
        #expect(
            try LastSightings.times(of: [1], by: moment(20), in: database) == [1: moment(4) - 1])
        #expect(try LastSightings.times(of: [1, 2], by: moment(3.5), in: database) == [1: moment(3.5)])
        #expect(try LastSightings.times(of: [1], by: moment(2), in: database) == [:])
    }

    @Test func `an edge that is met for the first time outside the window is found too`() async throws {
        let store = try open()
        try await submit(bookings(1, inMinute: 90), to: store).get()
        let reader = try SpanStoreReader(folder.store)
        #expect(try reader.snapshot(.minute, conversations: 1, now: moment(90.5)).edges.map(\.figures.count) == [1, 1])
        try await submit(TraceStoreTests.bookings(0..<1, of: "환불"), to: store).get()
        let edges = try reader.snapshot(.minute, conversations: 1, now: moment(90.5)).edges
        #expect(edges.map(\.figures.count) == [1, 0, 1, 0])
        #expect(edges.filter { $0.figures.count == 0 }.allSatisfy { $0.key.from == "환불" || $0.key.to == "환불" })
        store.close()
    }

    @Test func `what no window held is read in steps, and an edge that is evicted meanwhile is not known`() async throws
    {
        try await fill()
        let database = try DatabaseQueue(path: folder.store)
        let keys = try await database.read { try StoredEdges.fetch($0) }
        #expect(keys.count == 2)
        var known = KnownEdges()
        var steps = 1
        while try !known.complete(keys.keys, in: database, for: .zero) {
            steps += 1
            #expect(known.quiet(besides: [], of: keys).isEmpty)
        }
        // Two edges in four minutes.
        #expect(steps > 8)
        #expect(try known.complete(keys.keys, in: database, for: .zero))
        let seen = known.quiet(besides: [], of: keys).map {
            [$0.figures.firstSeen, $0.figures.lastSeen].map { ($0 - Self.epoch) / Self.minute }
        }
        #expect(seen == [[0, 90], [0, 90]])

        var other = KnownEdges()
        for _ in 0..<4 { #expect(try !other.complete(keys.keys, in: database, for: .zero)) }
        let left = keys.filter { $0.key == keys.keys.min() }
        other.learn([:], from: 1 << 40, keys: left)
        try await database.write { try $0.execute(sql: "DELETE FROM figures WHERE edge != \(left.keys.first ?? 0)") }
        while try !other.complete(left.keys, in: database, for: .zero) {}
        #expect(other.quiet(besides: [], of: keys).map(\.key) == Array(left.values))
    }

    @Test func `an edge whose figures were taken back, or that was evicted, is not known any more`() {
        let keys: [Int64: EdgeKey] = [1: EdgeKey(kind: .publishes, from: "주문", to: "주문.완료")]
        var figures = EdgeFigures()
        (figures.count, figures.deliveries, figures.firstSeen, figures.lastSeen) =
            (1, 1, 100 * Self.minute, 100 * Self.minute)
        var known = KnownEdges()
        known.learn([1: figures], from: 50, keys: keys)
        known.learn([:], from: 101, keys: keys)
        #expect(known.quiet(besides: [], of: keys).map(\.figures.lastSeen) == [100 * Self.minute])
        var evicted = known
        evicted.learn([:], from: 102, keys: [:])
        #expect(evicted.quiet(besides: [], of: keys).isEmpty)
        known.learn([:], from: 50, keys: keys)
        #expect(known.quiet(besides: [], of: keys).isEmpty)
    }

    @Test func `rates are the messages of each minute of the hour before, the oldest first`() async throws {
        try await fill()
        func rates(_ minutes: Double) throws -> [Int: Int] {
            let snapshot = try snapshot(.minute, minutes)
            #expect(snapshot.rateSeconds == 60)
            #expect(snapshot.until == moment(minutes))
            let publishing = snapshot.rates.filter { $0.key.kind == .publishes }.values
            #expect(publishing.allSatisfy { $0.count == 60 })
            let counts = publishing.first ?? []
            return Dictionary(uniqueKeysWithValues: counts.enumerated().filter { $0.element > 0 }.map { ($0, $1) })
        }
        #expect(try rates(10.5) == [49: 3, 52: 2, 59: 1])
        #expect(try rates(62) == [1: 2, 8: 1])
        #expect(try rates(90.5) == [59: 4])
        #expect(try rates(90) == [:])
        #expect(try rates(80) == [:])
    }

    @Test func `means are taken over the window as far as anything is stored of it`() async throws {
        try await fill()
        func seconds(_ window: TimeWindow, _ minutes: Double) throws -> Range<Int>? {
            try snapshot(window, minutes).rateStretch.map { stretch in
                let moments = [stretch.lowerBound, stretch.upperBound].map { Int(Int64($0) - Int64(Self.epoch)) }
                return moments[0] / 1_000_000_000..<moments[1] / 1_000_000_000
            }
        }
        // What came later ends nothing; what was before the first message does not count.
        #expect(try seconds(.fiveMinutes, 4) == 0..<240)
        #expect(try seconds(.minute, 3.5) == 180..<240)
        #expect(try seconds(.fiveMinutes, 12) == 420..<720)
        #expect(try seconds(.fiveMinutes, 9) == nil)
        // After the last message nothing more is stored: of an hour, what there is.
        #expect(try seconds(.all, 92) == 1_920..<5_400)
        let end = try #require(try snapshot(.all, 92).rateStretch).upperBound
        #expect(end > moment(90) && end < moment(90.1))
    }

    // MARK: - Conversations

    @Test func `conversations are those that had begun by the moment, newest first`() async throws {
        let store = try open()
        for minute in 0..<6 as Range<UInt64> {
            try await submit(bookings(2, inMinute: minute), to: store).get()
            clock.pass(.seconds(60))
        }
        store.close()
        func ids(_ minutes: Double, limit: Int = 200) throws -> [String] {
            try snapshot(.all, minutes, limit: limit).conversations.map(\.id)
        }
        #expect(try ids(2.5) == names(2, inMinute: 2) + names(2, inMinute: 1) + names(2, inMinute: 0))
        #expect(try ids(2.5, limit: 3) == names(2, inMinute: 2) + names(2, inMinute: 1).prefix(1))
        #expect(try ids(-1) == [])
        #expect(try ids(99).count == 12)
    }

    @Test func `spans that came late belong to their conversation`() async throws {
        let store = try open()
        let batch = try bookings(2, inMinute: 0)
        try await submit(half(of: batch, .producer), to: store).get()
        clock.pass(.seconds(45))
        try await submit(half(of: batch, .consumer), to: store).get()
        clock.pass(.seconds(600))
        try await submit(bookings(2, inMinute: 10), to: store).get()
        store.close()
        let conversations = try snapshot(.all, 0.1).conversations
        #expect(conversations.map(\.id) == names(2, inMinute: 0))
        #expect(conversations.map(\.spans.count) == [2, 2])
    }

    @Test func `what was read from files long after it happened is found all the same`() async throws {
        let store = try open()
        clock.pass(.days(3))
        for minute in [5, 0, 9] as [UInt64] { try await submit(bookings(2, inMinute: minute), to: store).get() }
        store.close()
        #expect(
            try snapshot(.all, 6).conversations.map(\.id) == names(2, inMinute: 5) + names(2, inMinute: 0))
    }

    @Test(arguments: [10, 200])
    func `a list is filled from as far back as it takes`(limit: Int) async throws {
        let store = try open()
        // 40 minutes of 400 spans each: several steps of reading.
        for minute in 0..<40 as Range<UInt64> {
            try await submit(bookings(200, inMinute: minute), to: store).get()
            clock.pass(.seconds(60))
        }
        store.close()
        for until in [0.9, 20.5, 39.9] {
            let all = (0...UInt64(until)).reversed().flatMap { names(200, inMinute: $0) }
            let found = try snapshot(.all, until, limit: limit).conversations
            #expect(found.map(\.id) == Array(all.prefix(limit)))
            #expect(found.allSatisfy { $0.spans.count == 2 })
        }
        #expect(try snapshot(.all, 39.9).hasOlderConversations)
        #expect(try !snapshot(.all, 0.9).hasOlderConversations)
        // All that is stored, where that is less than the list holds.
        #expect(try snapshot(.all, 39.9, limit: 20_000).conversations.count == 8_000)
    }

    @Test func `requests are handed over by when they arrived, and the newest where there are too many`() async throws {
        let store = try open()
        for minute in 0..<6 as Range<UInt64> {
            try await submit(bookings(2, inMinute: minute), to: store).get()
            clock.pass(.seconds(60))
        }
        store.close()
        let reader = try SpanStoreReader(folder.store)
        func minutes(since: Double, until: Double? = nil, limit: Int = .max) throws -> [UInt64] {
            var found: [UInt64] = []
            try reader.forEachRequest(since: moment(since), until: until.map { moment($0) } ?? .max, limit: limit) {
                found.append((($0.spans.first?.start ?? 0) - Self.epoch) / Self.minute)
            }
            return found
        }
        #expect(try minutes(since: -1) == [0, 1, 2, 3, 4, 5])
        #expect(try minutes(since: 1, until: 3) == [1, 2, 3])
        #expect(try minutes(since: -1, limit: 7) == [4, 5])
        #expect(try minutes(since: -1, until: 3, limit: 4) == [3])
        #expect(try minutes(since: 2, limit: 1_000) == [2, 3, 4, 5])
    }
}
