import CatalogModel
import TraceModel

/// What became of each message at the subscribers that the catalog names.
///
/// A subscriber is given the `within` of its subscription, or its usual p99.9, or where neither is known
/// `FlowMatcher.patience`; and on top the time that spans take to arrive. Whether it handled a message can only be told
/// where its deliveries are joined to their publishers: elsewhere nothing is said.
struct FatePass: EvidencePass {
    /// What batching exporters add before a span arrives: their standard delay is five seconds.
    static let delay: UInt64 = 10_000_000_000
    /// Fewer deliveries say nothing about what is usual.
    private static let leastSamples = 20

    private struct Expectation: Sendable {
        var channel: String
        var subscriber: String
        var limit: UInt64
    }

    /// By the channel that is published to; the subscribers of a queue share its messages.
    private var expectations: [String: [[Expectation]]] = [:]
    private let resolver: NameResolver
    private let now: UInt64

    init(catalog: Catalog, graph: FlowGraph, resolver: NameResolver, now: UInt64) {
        self.resolver = resolver
        self.now = now
        let consumed = Dictionary(grouping: graph.edges.filter { $0.kind == .consumes }) { EdgeEnds($0) }
        let receivers = Set(graph.edges.filter { $0.kind == .consumes && $0.isObserved }.map(\.to))
        for channel in catalog.channels {
            for (name, isFiltered) in Self.reached(from: channel, catalog) where !isFiltered {
                var group: [Expectation] = []
                for service in catalog.services where receivers.contains(service.name) {
                    for subscription in service.subscribes where subscription.channel.value == name {
                        let edges = consumed[EdgeEnds(.consumes, name, service.name)] ?? []
                        guard let limit = Self.limit(of: subscription, edges) else { continue }
                        group.append(Expectation(channel: name, subscriber: service.name, limit: limit))
                    }
                }
                guard !group.isEmpty else { continue }
                let sharesMessages = catalog.channel(named: name)?.kind == .queue
                expectations[channel.name, default: []] += sharesMessages ? [group] : group.map { [$0] }
            }
        }
    }

    /// The channel and what its routes lead to; whether a filter stands between.
    private static func reached(from channel: Channel, _ catalog: Catalog) -> [(name: String, isFiltered: Bool)] {
        var all = [(name: channel.name, isFiltered: false)]
        var seen: Set<String> = [channel.name]
        var next = 0
        while next < all.count {
            for route in catalog.channel(named: all[next].name)?.deliversTo ?? []
            where seen.insert(route.channel.value).inserted {
                all.append((route.channel.value, all[next].isFiltered || route.filter != nil))
            }
            next += 1
        }
        return all
    }

    /// How long a subscriber has; nil where its deliveries cannot be told apart.
    private static func limit(of subscription: Subscription, _ edges: [FlowEdge]) -> UInt64? {
        var figures = EdgeFigures()
        for edge in edges { figures.add(edge.figures) }
        let joined = figures.joinedBy.values.reduce(0, +)
        guard joined * 10 >= figures.deliveries * 9 else { return nil }
        if let within = subscription.needs.within?.value { return within.nanosecondsClamped }
        return figures.wait.count >= leastSamples ? figures.wait.quantile(0.999) : FlowMatcher.patience
    }

    func run(_ window: SightingWindow, traits: [SpanTraits], into evidence: inout Evidence) {
        guard !expectations.isEmpty else { return }
        for hop in window.hops where hop.edge.kind == .publishes && !hop.isError {
            guard let from = hop.from, window.isJudged(from) else { continue }
            let channel = resolver.channel(hop.edge.to)
            guard let groups = expectations[channel] else { continue }
            let handlers = Set(window.deliveries(of: from).map { window.service(of: Int($0)) })
            for group in groups {
                let isHandled = group.contains { handlers.contains($0.subscriber) }
                for expectation in group {
                    let limit = expectation.limit
                    guard isHandled || now > hop.time &+ limit &+ Self.delay else { continue }
                    let ends = EdgeEnds(.consumes, expectation.channel, expectation.subscriber)
                    evidence.fates.update(ends, MessageFate()) { fate in
                        fate.judged += 1
                        fate.limit = limit
                        if !isHandled { fate.unhandled.note(window.sightings[from].key.trace, at: hop.time) }
                    }
                }
            }
        }
    }
}

extension EdgeEnds {
    public init(_ edge: FlowEdge) { self.init(edge.kind, edge.from, edge.to) }
}

extension Duration {
    /// Whole nanoseconds, held within what 64 bits can say.
    var nanosecondsClamped: UInt64 {
        let (seconds, attoseconds) = components
        let product = UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return product.overflow ? .max / 4 : min(.max / 4, product.partialValue) + UInt64(attoseconds / 1_000_000_000)
    }
}
