import CatalogModel
import Dashboard
import Dispatch
import FlowMatching
import Foundation
import Synchronization
import TerminalBackend
import TraceModel
import TraceStore

/// Brings what a store knows to the dashboard: after each change, a few times a second at the most, and never when
/// nothing changes.
final class LiveFeed: Sendable {
    /// The dashboard's rates cover this long, and must fall to zero when spans stop coming.
    private static let rateSpan: UInt64 = 62_000_000_000
    /// Seconds from a write to the end of its commit, on a disk of ordinary speed; a slower one is looked at again.
    private static let commitTime = 0.05
    private static let conversationLimit = 200

    private struct State {
        var catalog: Catalog
        var window: TimeWindow
        /// The moment in the past that is looked at; nil for now.
        var until: UInt64?
        var isScheduled = false
        /// Something is on the screen already: a look may take its time.
        var hasLooked = false
        /// A slow look leaves four times its own time for others, as far as that makes nobody wait.
        var pace = Pace(shortest: 0.2, factor: 4, longest: 2)
        /// Nanoseconds since the Unix epoch.
        var lastChange: UInt64 = 0
    }

    private let reader: SpanStoreReader
    private let mailbox: Mailbox<DashboardMessage>
    private let addHealth: @Sendable (inout StoreHealth) -> Void
    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "flowglass.feed", qos: .utility)
    /// Signalled when the first look is over.
    private let firstLook = DispatchSemaphore(value: 0)

    /// - Parameter addHealth: Fills in what only the collector of this process knows.
    init(
        reader: SpanStoreReader, mailbox: Mailbox<DashboardMessage>, catalog: Catalog, window: TimeWindow,
        until: UInt64?,
        addHealth: @escaping @Sendable (inout StoreHealth) -> Void
    ) {
        self.reader = reader
        self.mailbox = mailbox
        self.addHealth = addHealth
        state = Mutex(State(catalog: catalog, window: window, until: until))
    }

    /// The store may hold something new. What is told of is the write; the commit that makes it visible follows it.
    func storeChanged() {
        let isLive = state.withLock { state in
            state.lastChange = currentTime()
            return state.until == nil
        }
        // The past does not change.
        if isLive { schedule(after: Self.commitTime) }
    }

    /// Looks for the first time, and waits for the answer so many seconds at the most.
    func begin(patience: Double) {
        schedule()
        _ = firstLook.wait(timeout: .now() + patience)
    }

    func show(_ window: TimeWindow, until: UInt64?) {
        state.withLock { ($0.window, $0.until) = (window, until) }
        schedule()
    }

    func show(_ catalog: Catalog) {
        state.withLock { $0.catalog = catalog }
        schedule()
    }

    /// Looks once more, soon.
    func schedule(after delay: Double = 0) {
        let wait: Double? = state.withLock { state in
            guard !state.isScheduled else { return nil }
            state.isScheduled = true
            return max(delay, state.pace.wait())
        }
        guard let wait else { return }
        queue.asyncAfter(deadline: .now() + wait) { self.look() }
    }

    private func look() {
        let (catalog, window, until, isFirst) = state.withLock { state in
            defer { state.hasLooked = true }
            state.isScheduled = false
            return (state.catalog, state.window, state.until, !state.hasLooked)
        }
        let start = Pace.now()
        var hasRates = true
        do throws(StoreFailure) {
            let now = currentTime()
            var look = try LiveLook(
                reader, catalog, window: window, until: until, conversations: Self.conversationLimit, now: now,
                isQuick: isFirst)
            addHealth(&look.snapshot.health)
            hasRates = !look.snapshot.rates.isEmpty || look.snapshot.health.spansPerSecond.contains { $0 > 0 }
            mailbox.post(.data(look.graph, look.snapshot)) { message in
                if case .data = message { true } else { false }
            }
        } catch {
            mailbox.post(.notice(error.description.split(separator: "\n").first.map(String.init) ?? ""))
        }
        let isLively = state.withLock { state in
            state.pace.note(from: start)
            return state.until == nil && hasRates && currentTime() < state.lastChange &+ Self.rateSpan
        }
        if isFirst {
            firstLook.signal()
            schedule()
        } else if isLively {
            schedule(after: 1)
        }
    }
}
