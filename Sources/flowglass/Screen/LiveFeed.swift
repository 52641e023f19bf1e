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
    private static let shortestPause = 0.2
    /// Seconds from a write to the end of its commit, on a disk of ordinary speed; a slower one is looked at again.
    private static let commitTime = 0.05
    private static let conversationLimit = 200

    private struct State {
        var catalog: Catalog
        var window: TimeWindow
        var isScheduled = false
        /// When the last look ended, and how long it took; seconds.
        var lastEnd = 0.0
        var lastCost = 0.0
        /// Nanoseconds since the Unix epoch.
        var lastChange: UInt64 = 0
    }

    private let reader: SpanStoreReader
    private let mailbox: Mailbox<DashboardMessage>
    private let addHealth: @Sendable (inout StoreHealth) -> Void
    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "flowglass.feed", qos: .utility)

    /// - Parameter addHealth: Fills in what only the collector of this process knows.
    init(
        reader: SpanStoreReader, mailbox: Mailbox<DashboardMessage>, catalog: Catalog, window: TimeWindow,
        addHealth: @escaping @Sendable (inout StoreHealth) -> Void
    ) {
        self.reader = reader
        self.mailbox = mailbox
        self.addHealth = addHealth
        state = Mutex(State(catalog: catalog, window: window))
    }

    /// The store may hold something new. What is told of is the write; the commit that makes it visible follows it.
    func storeChanged() {
        state.withLock { $0.lastChange = currentTime() }
        schedule(after: Self.commitTime)
    }

    func show(_ window: TimeWindow) {
        state.withLock { $0.window = window }
        schedule()
    }

    func show(_ catalog: Catalog) {
        state.withLock { $0.catalog = catalog }
        schedule()
    }

    /// Looks once more, soon; a slow look leaves at least four times its own time for others.
    func schedule(after delay: Double = 0) {
        let now = Date().timeIntervalSinceReferenceDate
        let wait: Double? = state.withLock { state in
            guard !state.isScheduled else { return nil }
            state.isScheduled = true
            return max(delay, state.lastEnd + max(Self.shortestPause, state.lastCost * 4) - now, 0)
        }
        guard let wait else { return }
        queue.asyncAfter(deadline: .now() + wait) { self.look() }
    }

    private func look() {
        let (catalog, window) = state.withLock { state in
            state.isScheduled = false
            return (state.catalog, state.window)
        }
        let start = Date().timeIntervalSinceReferenceDate
        var hasRates = true
        do throws(StoreFailure) {
            let now = currentTime()
            var snapshot = try reader.snapshot(window, conversations: Self.conversationLimit, now: now)
            addHealth(&snapshot.health)
            hasRates = !snapshot.rates.isEmpty || snapshot.health.spansPerSecond.contains { $0 > 0 }
            let graph = FlowGraph(catalog: catalog, observed: snapshot.edges)
            let matcher = FlowMatcher(catalog: catalog, graph: graph)
            for index in snapshot.conversations.indices {
                snapshot.conversations[index].state = matcher.state(of: snapshot.conversations[index], now: now)
            }
            mailbox.post(.data(graph, snapshot)) { message in
                if case .data = message { true } else { false }
            }
        } catch {
            mailbox.post(.notice(error.description.split(separator: "\n").first.map(String.init) ?? ""))
        }
        let end = Date().timeIntervalSinceReferenceDate
        let isLively = state.withLock { state in
            state.lastEnd = end
            state.lastCost = end - start
            return hasRates && currentTime() < state.lastChange &+ Self.rateSpan
        }
        if isLively { schedule(after: 1) }
    }
}
