import TraceIngest
import TraceModel
import TraceStore

extension StoreHealth {
    /// Adds what only the collector of this process knows; nil where there is none.
    mutating func note(_ collector: Collector?) {
        guard let collector else { return }
        trouble = collector.store.trouble
        givenUp = collector.store.counters.givenUp
        let counters = collector.facts(withHealth: false).servers.map(\.counters)
        refusedRequests = counters.reduce(0) { $0 + $1.failedRequests }
        lastRefusal = counters.lazy.compactMap(\.lastFailure).first
    }

    /// Adds who fills the store that another process filled when it was opened.
    mutating func note(_ attached: StoreCollector) {
        switch attached {
        case .process(let process): collectorProcess = process
        case .none: trouble = "the collector has ended"
        }
    }
}
