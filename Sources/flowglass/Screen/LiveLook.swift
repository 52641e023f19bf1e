import CatalogModel
import FlowMatching
import TraceModel
import TraceStore

/// One look at a store, in the catalog's names: what the dashboard shows at a moment.
struct LiveLook {
    var graph: FlowGraph
    var snapshot: LiveSnapshot

    /// - Parameters:
    ///   - until: the moment in the past at which the window ends; nil for now.
    ///   - isQuick: Whether edges that were quiet in the window may be left out, for a picture at once.
    init(
        _ reader: SpanStoreReader, _ catalog: Catalog, window: TimeWindow, until: UInt64?, conversations limit: Int,
        now: UInt64, isQuick: Bool = false
    ) throws(StoreFailure) {
        if let until {
            snapshot = try reader.snapshot(window, until: until, conversations: limit, now: now, isQuick: isQuick)
        } else {
            snapshot = try reader.snapshot(window, conversations: limit, now: now, isQuick: isQuick)
        }
        graph = FlowGraph(catalog: catalog, observed: snapshot.edges)
        let matcher = FlowMatcher(catalog: catalog, graph: graph)
        for index in snapshot.conversations.indices {
            snapshot.conversations[index].state = matcher.state(of: snapshot.conversations[index], now: now)
        }
    }

    /// What is known before any span was stored.
    init(_ catalog: Catalog, now: UInt64) {
        snapshot = LiveSnapshot()
        snapshot.time = now
        graph = FlowGraph(catalog: catalog, observed: [])
    }
}
