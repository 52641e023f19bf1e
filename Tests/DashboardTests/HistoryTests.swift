@testable import Dashboard
import FlowMatching
import OTLPCoding
import TerminalUI
import Testing
import TraceModel

@Suite struct HistoryTests {
    static let second: UInt64 = 1_000_000_000
    /// 2026-01-15 09:00:00 UTC.
    static let now = Sample.now

    static let moments: [(typed: String, moment: Moment?)] = [
        ("now", .now), ("-2h", .past(now - 7_200 * second)), ("-30m", .past(now - 1_800 * second)),
        ("-3d", .past(now - 259_200 * second)), ("08:30", .past(now - 1_800 * second)),
        // The clock shows this only tomorrow: yesterday is meant.
        ("09:30", .past(now - 84_600 * second)), ("08:59:30", .past(now - 30 * second)),
        ("2026-01-14", .past(now - 118_800 * second)), ("2026-01-14 09:00", .past(now - 86_400 * second)),
        ("2026-01-14T09:00:01", .past(now - 86_399 * second)), ("oldest", .past(77)), ("2027-01-01", .now),
        ("2600-01-01", .now), ("9999-12-31", .now),
        ("", nil), ("-2", nil), ("-xh", nil), ("25:00", nil), ("2026-13-01", nil), ("yesterday", nil),
        ("09:30 2026-01-14", nil), ("-99999999999999999999h", nil),
    ]

    @Test(arguments: moments)
    func `a moment is read as people write it`(item: (typed: String, moment: Moment?)) {
        #expect(Moment(item.typed, now: Self.now, oldest: 77, secondsFromUTC: 0) == item.moment, "\(item.typed)")
    }

    @Test func `a moment is that of the local clock`() {
        #expect(
            Moment("2026-01-15 18:00", now: Self.now + Self.second, oldest: nil, secondsFromUTC: 9 * 3_600)
                == .past(Self.now))
    }

    @Test func `days and dates agree with each other over centuries`() {
        for day in stride(from: -200_000, through: 200_000, by: 97) {
            #expect(CalendarDay(daysSinceEpoch: day).daysSinceEpoch == day)
        }
        #expect(CalendarDay(daysSinceEpoch: 20_468) == CalendarDay(year: 2026, month: 1, day: 15))
        #expect(CalendarDay(year: 2024, month: 2, day: 29).daysSinceEpoch == 19_782)
    }

    private func model(oldest: UInt64) -> DashboardModel {
        var model = DashboardModel.sample()
        var snapshot = Sample.snapshot
        snapshot.health.oldest = oldest
        _ = model.update(.data(Sample.graph, snapshot))
        return model
    }

    private func past(_ until: UInt64, oldest: UInt64) -> LiveSnapshot {
        var snapshot = Sample.snapshot
        snapshot.until = until
        snapshot.health.oldest = oldest
        return snapshot
    }

    @Test func `< goes back by the window, > the same way forward, . to now`() {
        var model = model(oldest: Self.now - 86_400 * Self.second)
        let first = Self.now - 300 * Self.second
        #expect(model.press("<lt>") == [.setRange(.fiveMinutes, until: first)])
        #expect(model.press("<lt>") == [.setRange(.fiveMinutes, until: first - 300 * Self.second)])
        #expect(model.press("<gt>") == [.setRange(.fiveMinutes, until: first)])
        #expect(model.press("<gt>") == [.setRange(.fiveMinutes, until: nil)])
        model.press("<lt> <lt>")
        #expect(model.press(".") == [.setRange(.fiveMinutes, until: nil)])
        #expect(model.press(".") == [])
    }

    @Test func `nothing is newer than the end of a file`() {
        var settings = DashboardSettings()
        settings.isOfFiles = true
        let end = Self.now / (60 * Self.second) * 60 * Self.second
        var model = DashboardModel(size: Size(width: 120, height: 40), settings: settings, until: end)
        var snapshot = past(end, oldest: Self.now - 86_400 * Self.second)
        snapshot.time += 3_600 * Self.second
        _ = model.update(.data(Sample.graph, snapshot))
        #expect(model.press("<gt>") == [])
        #expect(model.text.contains("nothing is newer"))
        #expect(model.press("<lt>") == [.setRange(.fiveMinutes, until: end - 300 * Self.second)])
        #expect(model.press("<gt>") == [.setRange(.fiveMinutes, until: end)])
    }

    @Test func `on Traces < leads to what began before the oldest of the list`() throws {
        var model = model(oldest: Self.now - 86_400 * Self.second)
        model.press("4")
        let oldest = try #require(Sample.snapshot.conversations.last?.start)
        #expect(model.press("<lt>") == [.setRange(.fiveMinutes, until: oldest - 1)])
    }

    @Test func `nothing is older than the oldest`() {
        let oldest = Self.now - 420 * Self.second
        var model = model(oldest: oldest)
        model.press("<lt>")
        #expect(model.press("<lt>") == [.setRange(.fiveMinutes, until: oldest + 60 * Self.second)])
        #expect(model.press("<lt>") == [])
        #expect(model.text.contains("nothing is older"))
    }

    @Test func `only the answer to what was asked last is taken in`() {
        var model = model(oldest: Self.now - 86_400 * Self.second)
        model.press("<lt>")
        let until = Self.now - 300 * Self.second
        _ = model.update(.data(FlowGraph(), Sample.snapshot))
        #expect(!model.facts.graph.edges.isEmpty)
        _ = model.update(.data(FlowGraph(), past(until - 1, oldest: 1)))
        #expect(!model.facts.graph.edges.isEmpty)
        _ = model.update(.data(FlowGraph(), past(until, oldest: 1)))
        #expect(model.facts.graph.edges.isEmpty)
        #expect(model.text.contains("past"))
        #expect(model.text.contains("figures of 5m until 2026-01-15 08:55:00"))
    }

    @Test func `ages count from the moment that is looked at`() {
        let until = Self.now - 300 * Self.second
        var figures = EdgeFigures()
        (figures.firstSeen, figures.lastSeen) = (1, until - 3 * 86_400 * Self.second)
        let key = EdgeKey(kind: .publishes, from: "주문", to: "주문.밤")
        let graph = FlowGraph(catalog: Sample.catalog, observed: [ObservedEdge(key: key, figures: figures)])
        func description(_ snapshot: LiveSnapshot) -> String {
            var model = model(oldest: Self.now - 86_400 * Self.second)
            model.press("<lt>")
            if snapshot.until == nil { model.press(".") }
            _ = model.updateAtOnce(.data(graph, snapshot))
            return NodeDescription(.channel("주문.밤"), in: model.facts, model.settings).lines(1)[0].text
        }
        #expect(description(past(until, oldest: 1)).contains("quiet, last seen 3d ago"))
        #expect(description(Sample.snapshot).contains("quiet, last seen 3d ago"))
        var earlier = past(until, oldest: 1)
        earlier.time += 86_400 * Self.second
        #expect(description(earlier).contains("quiet, last seen 3d ago"))
    }

    @Test func `a typed moment is looked at, and a wrong one explained`() {
        var model = model(oldest: Self.now - 86_400 * Self.second)
        #expect(model.press("@ soon <Enter>") == [])
        #expect(model.text.contains("'soon' is no moment"))
        #expect(model.press("<C-u> -2h <Enter>") == [.setRange(.fiveMinutes, until: Self.now - 7_200 * Self.second)])
        // Not further back than anything is stored of.
        let first = Self.now - 86_340 * Self.second
        #expect(model.press("@ -90d <Enter>") == [.setRange(.fiveMinutes, until: first)])
        #expect(model.press(". @ oldest <Enter>").last == .setRange(.fiveMinutes, until: first))
    }

    @Test(
        arguments: [
            ("08:30", 1_800), ("08:30:01", 1_740), ("08:30:59", 1_740), ("-90s", 60), ("-1s", 0),
        ] as [(String, UInt64)])
    func `a moment is the end of its minute, for every screen`(item: (typed: String, secondsAgo: UInt64)) {
        var model = model(oldest: Self.now - 86_400 * Self.second)
        let wanted = Self.now - item.secondsAgo * Self.second
        #expect(model.press("@ \(item.typed) <Enter>") == [.setRange(.fiveMinutes, until: wanted)], "\(item.typed)")
    }

    @Test func `a minute that is not over yet is no end`() {
        var model = DashboardModel.sample()
        var snapshot = Sample.snapshot
        snapshot.time = Self.now + 30 * Self.second
        snapshot.health.oldest = Self.now - 86_400 * Self.second
        _ = model.update(.data(Sample.graph, snapshot))
        #expect(model.press("@ -10s <Enter>") == [.setRange(.fiveMinutes, until: Self.now)])
        // The next minute is not over: now is what comes after this one.
        #expect(model.press("w w w w <gt>").last == .setRange(.minute, until: nil))
    }

    @Test func `only a page of Traces ends within a minute, and other screens say where their figures end`() {
        var model = model(oldest: Self.now - 86_400 * Self.second)
        model.press("4 <lt>")
        let until = model.until ?? 0
        #expect(until % 60_000_000_000 != 0)
        _ = model.update(.data(Sample.graph, past(until, oldest: 1)))
        #expect(model.text.contains("until 2026-01-15 08:58:29"))
        model.press("1")
        #expect(model.text.contains("figures of 5m until 2026-01-15 08:59:00"))
    }

    /// What a capture of 24 messages in 27 seconds shows that began 50 seconds into a minute.
    @Test func `a rate of the past is taken over what was stored of the window`() {
        let until = Self.now
        var snapshot = Sample.snapshot
        snapshot.until = until
        snapshot.rateSeconds = 60
        let key = EdgeKey(kind: .publishes, from: "a", to: "b")
        snapshot.rates = [key: Array(repeating: 0, count: 58) + [8, 16]]
        func rate() -> Double {
            let rates = LiveRates(snapshot, names: ObservedNames())
            return rates.perSecond(rates.series(ofChannel: "b"))
        }
        snapshot.rateStretch = until - 70 * Self.second..<until - 43 * Self.second
        #expect(abs(rate() - 24.0 / 27) < 0.001)
        // A minute after the start of a store that goes on.
        snapshot.rates = [key: Array(repeating: 0, count: 59) + [234]]
        snapshot.rateStretch = until - 60 * Self.second..<until
        #expect(abs(rate() - 3.9) < 0.001)
        // Of a window of five minutes only those count.
        snapshot.rates = [key: Array(repeating: 600, count: 55) + Array(repeating: 60, count: 5)]
        snapshot.rateStretch = until - 300 * Self.second..<until
        #expect(abs(rate() - 1) < 0.001)
        // One message is no rate of a message a second.
        snapshot.rates = [key: Array(repeating: 0, count: 59) + [1]]
        snapshot.rateStretch = until - 2 * Self.second..<until - Self.second
        #expect(abs(rate() - 0.1) < 0.001)
    }

    @Test func `an hour of the past is drawn minute by minute`() {
        var rates = LiveRates(
            [EdgeKey(kind: .publishes, from: "a", to: "b"): Array(repeating: 120, count: 60)], names: ObservedNames())
        #expect(rates.perSecond(rates.series(ofChannel: "b")) == 120)
        rates = LiveRates(
            [EdgeKey(kind: .publishes, from: "a", to: "b"): Array(repeating: 120, count: 60)], secondsPerValue: 60,
            names: ObservedNames())
        #expect(rates.perSecond(rates.series(ofChannel: "b")) == 2)
    }
}
