import CatalogModel
import FlowMatching
import TraceModel

/// All that is known at one moment, indexed once when it arrives, so that a frame only looks up what it shows.
struct SystemFacts: Sendable, Equatable {
    private(set) var catalog = Catalog()
    private(set) var findings = CatalogFindings()
    private(set) var graph = FlowGraph()
    private(set) var snapshot = LiveSnapshot()

    private(set) var names = ObservedNames()
    private(set) var rates = LiveRates()
    /// In the order of `snapshot.conversations`.
    private(set) var conversations: [ConversationFacts] = []
    private(set) var flows: [FlowProgress] = []
    private(set) var drift: [DriftItem] = []

    private var channelNumbers: [String: Int] = [:]
    private var serviceNumbers: [String: Int] = [:]
    private var intoChannels = Adjacency(count: 0, pairs: [])
    private var outOfChannels = Adjacency(count: 0, pairs: [])
    private var intoServices = Adjacency(count: 0, pairs: [])
    private var outOfServices = Adjacency(count: 0, pairs: [])

    /// The moment that "now" means on the screens.
    var now: UInt64 { snapshot.time }

    /// - Complexity: O(catalog + what the last data held).
    mutating func learn(_ catalog: Catalog, _ findings: CatalogFindings) {
        self.catalog = catalog
        self.findings = findings
        names = ObservedNames(catalog)
        rates = LiveRates(snapshot.rates, names: names)
        conversations = snapshot.conversations.map { ConversationFacts($0, names: names, catalog: catalog) }
        flows = FlowProgress.all(of: catalog, conversations: conversations)
    }

    /// - Complexity: O(graph + conversations); conversations that did not change are not read again.
    mutating func learn(_ graph: FlowGraph, _ snapshot: LiveSnapshot) {
        let known = Dictionary(
            zip(self.snapshot.conversations, conversations).map { ($0.id, ($0, $1)) }, uniquingKeysWith: { $1 })
        conversations = snapshot.conversations.map { conversation in
            if let (old, facts) = known[conversation.id], facts.describes(conversation, as: old) { return facts }
            return ConversationFacts(conversation, names: names, catalog: catalog)
        }
        rates = LiveRates(snapshot.rates, names: names)
        flows = FlowProgress.all(of: catalog, conversations: conversations)
        let changed = graph != self.graph
        self.snapshot = snapshot
        self.graph = graph
        if changed {
            index()
            drift = DriftItem.all(in: graph)
        }
    }

    // MARK: - Looking up

    func number(ofChannel name: String) -> Int? { channelNumbers[name] }
    func number(ofService name: String) -> Int? { serviceNumbers[name] }
    func channel(_ name: String) -> ChannelNode? { channelNumbers[name].map { graph.channels[$0] } }
    func service(_ name: String) -> ServiceNode? { serviceNumbers[name].map { graph.services[$0] } }

    func knows(_ node: Node) -> Bool {
        switch node {
        case .channel(let name): channelNumbers[name] != nil
        case .service(let name): serviceNumbers[name] != nil
        }
    }

    /// `publishes` and `delivers` edges into a channel.
    func inbound(ofChannel name: String) -> [FlowEdge] { edges(intoChannels, channelNumbers[name]) }
    /// `consumes` and `delivers` edges out of a channel.
    func outbound(ofChannel name: String) -> [FlowEdge] { edges(outOfChannels, channelNumbers[name]) }
    /// `consumes` and `calls` edges into a service.
    func inbound(ofService name: String) -> [FlowEdge] { edges(intoServices, serviceNumbers[name]) }
    /// `publishes` and `calls` edges out of a service.
    func outbound(ofService name: String) -> [FlowEdge] { edges(outOfServices, serviceNumbers[name]) }

    /// The services that handle a channel's messages: its own consumers, and those behind its routes, each once.
    func subscribers(of channel: String) -> [FlowEdge] {
        var seen: Set<String> = [channel]
        var following = [channel]
        var found: [FlowEdge] = []
        // Routes may lead in a circle.
        while let next = following.popLast() {
            for edge in outbound(ofChannel: next) {
                switch edge.kind {
                case .consumes: found.append(edge)
                case .delivers: if seen.insert(edge.to).inserted { following.append(edge.to) }
                case .calls, .publishes: break
                }
            }
        }
        return found
    }

    private func edges(_ adjacency: Adjacency, _ number: Int?) -> [FlowEdge] {
        number.map { adjacency[$0].map { graph.edges[$0] } } ?? []
    }

    private mutating func index() {
        channelNumbers = Dictionary(
            graph.channels.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        serviceNumbers = Dictionary(
            graph.services.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        var pairs: (intoChannel: [(Int, Int)], outOfChannel: [(Int, Int)]) = ([], [])
        var services: (into: [(Int, Int)], outOf: [(Int, Int)]) = ([], [])
        for (number, edge) in graph.edges.enumerated() {
            let isFromService = edge.kind == .publishes || edge.kind == .calls
            let isToService = edge.kind == .consumes || edge.kind == .calls
            if let from = isFromService ? serviceNumbers[edge.from] : channelNumbers[edge.from] {
                if isFromService { services.outOf.append((from, number)) } else { pairs.outOfChannel.append((from, number)) }
            }
            if let to = isToService ? serviceNumbers[edge.to] : channelNumbers[edge.to] {
                if isToService { services.into.append((to, number)) } else { pairs.intoChannel.append((to, number)) }
            }
        }
        intoChannels = Adjacency(count: graph.channels.count, pairs: pairs.intoChannel)
        outOfChannels = Adjacency(count: graph.channels.count, pairs: pairs.outOfChannel)
        intoServices = Adjacency(count: graph.services.count, pairs: services.into)
        outOfServices = Adjacency(count: graph.services.count, pairs: services.outOf)
    }
}
