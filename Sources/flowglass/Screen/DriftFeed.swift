import CatalogModel
import Dashboard
import Dispatch
import FlowMatching
import Synchronization
import TerminalBackend
import TraceModel
import TraceStore

/// Brings what the drift rules find to the dashboard, beside everything else.
///
/// The rules want every span of the window read again, so that this is done seldom: at the start, when somebody asks
/// for another stretch of time or opens the screen, and while spans arrive as often as leaves nineteen parts in twenty
/// of a core to others. When nothing arrives, nothing is done.
final class DriftFeed: Sendable {
    /// Seconds from a write to the end of its commit.
    private static let commitTime = 0.1
    /// Seconds in which the dashboard is there.
    private static let firstPicture = 0.3

    private struct State {
        var loaded: LoadedCatalog
        var window: TimeWindow
        /// The moment in the past that is looked at; nil for now.
        var until: UInt64?
        var pace = Pace(shortest: 5, factor: 19)
        /// Whether spans arrived, or what is looked at changed, since the last look began.
        var isStale = true
        /// Which of the looks that were planned is the one to come: a sooner one takes its place.
        var planned: Int?
        /// Whether somebody waits for it.
        var isUrgent = false
        var plans = 0
    }

    private let reader: SpanStoreReader
    private let mailbox: Mailbox<DashboardMessage>
    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "flowglass.drift", qos: .utility)

    /// - Parameter reader: One of its own: a long look holds up nobody else.
    init(
        reader: SpanStoreReader, mailbox: Mailbox<DashboardMessage>, loaded: LoadedCatalog, window: TimeWindow,
        until: UInt64?
    ) {
        self.reader = reader
        self.mailbox = mailbox
        state = Mutex(State(loaded: loaded, window: window, until: until))
    }

    /// The first look, which leaves the first picture of everything else its time.
    func begin() { queue.asyncAfter(deadline: .now() + Self.firstPicture) { self.refresh() } }

    /// The store may hold something new.
    func storeChanged() {
        let isLive = state.withLock { state in
            // The past does not change.
            guard state.until == nil else { return false }
            state.isStale = true
            return state.planned == nil
        }
        if isLive { plan(urgent: false) }
    }

    func show(_ window: TimeWindow, until: UInt64?) {
        state.withLock { ($0.window, $0.until, $0.isStale) = (window, until, true) }
        plan(urgent: true)
    }

    func show(_ loaded: LoadedCatalog) {
        state.withLock { ($0.loaded, $0.isStale) = (loaded, true) }
        reader.reload(SpanStore.Settings(loaded.catalog))
        plan(urgent: true)
    }

    /// Somebody looks: what is not of this moment is brought up to date now.
    func refresh() {
        if state.withLock({ $0.isStale }) { plan(urgent: true) }
    }

    private func plan(urgent: Bool) {
        let (number, wait) = state.withLock { state in
            state.plans += 1
            (state.planned, state.isUrgent) = (state.plans, urgent)
            return (state.plans, urgent ? 0 : max(Self.commitTime, state.pace.wait()))
        }
        queue.asyncAfter(deadline: .now() + wait) { self.look(number) }
    }

    private func look(_ number: Int) {
        let work = state.withLock { state -> State? in
            // The look before may have ended only now.
            guard state.planned == number, state.isUrgent || state.pace.wait() == 0 else { return nil }
            state.planned = nil
            defer { state.isStale = false }
            return state
        }
        guard let work else {
            if state.withLock({ $0.planned == number }) { plan(urgent: false) }
            return
        }
        let start = Pace.now()
        // A store that cannot be read is told of by the feed of everything else.
        if let report = try? DriftReport(work.loaded, reader, work.window, until: work.until) {
            mailbox.post(.drift(report)) { message in if case .drift = message { true } else { false } }
        }
        state.withLock { $0.pace.note(from: start) }
    }
}

extension DriftReport {
    /// Evidence on the screen comes from so many spans at the most: some seconds of reading.
    static let spanLimit = 1_000_000

    /// What `flowglass drift` finds now, or at a moment in the past.
    init(_ loaded: LoadedCatalog, _ reader: SpanStoreReader, _ window: TimeWindow, until: UInt64?) throws {
        let now = until ?? currentTime()
        let run = try DriftRun(
            loaded, reader, window, now: now, isOver: until != nil, settled: now, limit: Self.spanLimit)
        self.init(
            findings: run.found(), window: window, until: until, hasSpans: run.context.hasSpans,
            newestSpans: run.context.evidence.spans >= Self.spanLimit ? run.context.evidence.spans : nil)
    }

    /// What is known before any span was stored.
    init(_ window: TimeWindow) { self.init(findings: [], window: window, hasSpans: false) }
}
