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
    private(set) var judge = FlowJudge()
    private(set) var impacts = ImpactFinder()
    private(set) var deadLetters = DeadLetters()
    /// The numbers of the channels as Topics lists them: topics, then queues, then dead-letter channels, by name.
    private(set) var channelOrder: [Int] = []
    private(set) var rates = LiveRates()
    /// In the order of `snapshot.conversations`.
    private(set) var conversations: [ConversationFacts] = []
    private(set) var flows: [FlowProgress] = []
    /// What the drift rules found; nil before they were asked.
    private(set) var drift: DriftReport?
    /// Before the first span, "not observed" would be said of everything, and mean nothing.
    private(set) var hasObservations = false

    /// When each channel and service was first observed since the screen was opened; zero for what was there then.
    private var arrivals: [Node: UInt64] = [:]
    /// When anything was first observed.
    private var beginning: UInt64 = 0

    private var channelNumbers: [String: Int] = [:]
    private var serviceNumbers: [String: Int] = [:]
    private var intoChannels = Adjacency(count: 0, pairs: [])
    private var outOfChannels = Adjacency(count: 0, pairs: [])
    private var intoServices = Adjacency(count: 0, pairs: [])
    private var outOfServices = Adjacency(count: 0, pairs: [])

    /// Counts what was learned, so that what was made of the facts knows whether it is still true.
    private(set) var revision = 0

    /// The moment that "now" means on the screens.
    var now: UInt64 { snapshot.time }
    /// The moment that is looked at, from which ages count: now, or one in the past.
    var moment: UInt64 { snapshot.until ?? now }

    /// - Complexity: O(catalog + what the last data held).
    mutating func learn(_ catalog: Catalog, _ findings: CatalogFindings) {
        revision &+= 1
        self.catalog = catalog
        self.findings = findings
        names = ObservedNames(catalog)
        judge = FlowJudge(catalog, graph)
        impacts = ImpactFinder(catalog)
        deadLetters = DeadLetters(catalog)
        order()
        rates = LiveRates(snapshot, names: names)
        conversations = snapshot.conversations.map(read)
        flows = FlowProgress.all(of: catalog, snapshot, conversations: conversations)
    }

    /// - Complexity: O(graph + conversations); conversations that did not change are not read again.
    mutating func learn(_ graph: FlowGraph, _ snapshot: LiveSnapshot) {
        revision &+= 1
        let isNewShape = !graph.hasShape(of: self.graph)
        self.graph = graph
        hasObservations = graph.edges.contains(where: \.isObserved)
        if isNewShape {
            index()
            order()
            judge = FlowJudge(catalog, graph)
            noteArrivals(at: snapshot.time)
        }

        let known = Dictionary(
            zip(self.snapshot.conversations, conversations).map { ($0.id, ($0, $1)) }, uniquingKeysWith: { $1 })
        self.snapshot = snapshot
        rates = LiveRates(snapshot, names: names)
        conversations = snapshot.conversations.map { conversation in
            if let (old, facts) = known[conversation.id], facts.describe(conversation, as: old) { return facts }
            return read(conversation)
        }
        flows = FlowProgress.all(of: catalog, snapshot, conversations: conversations)
    }

    mutating func learn(_ drift: DriftReport) {
        revision &+= 1
        self.drift = drift
    }

    /// Whether a catalog was read at all, were it an empty one.
    var hasCatalog: Bool { findings.filesChecked > 0 }

    var driftFindings: [DriftFinding] { drift?.findings ?? [] }

    /// How the two sides differ about something, in words; nil where they agree, and before there is a second side.
    func words(for difference: Difference?) -> String? {
        difference == .unobserved && !hasObservations ? nil : difference?.words
    }

    /// Whether a channel or service turned up less than a minute ago, while somebody was watching.
    func isNew(_ node: Node, firstSeen: UInt64) -> Bool {
        guard let arrival = arrivals[node], arrival > 0, firstSeen > 0 else { return false }
        // What only a longer window brought to light is old.
        let isRecent = now < arrival || now - arrival < 60_000_000_000
        return isRecent && (firstSeen > arrival || arrival - firstSeen < 60_000_000_000)
    }

    private mutating func noteArrivals(at time: UInt64) {
        let nodes =
            graph.channels.lazy.filter(\.isObserved).map { Node.channel($0.name) }
            + graph.services.lazy.filter(\.isObserved).map { Node.service($0.name) }
        if arrivals.isEmpty { beginning = time }
        // While a system comes up, everything is new, and nothing is news.
        let isNews = time > beginning && time - beginning > 30_000_000_000
        for node in nodes where arrivals[node] == nil { arrivals[node] = isNews ? time : 0 }
    }

    /// Whether a conversation began within the last three seconds.
    func isFresh(_ conversation: Conversation) -> Bool {
        conversation.start <= now && now - conversation.start < 3_000_000_000
    }

    /// What the screens say about a conversation.
    func read(_ conversation: Conversation) -> ConversationFacts {
        ConversationFacts(conversation, names: names, judge: judge, now: now)
    }

    // MARK: - Looking up

    func number(ofChannel name: String) -> Int? { channelNumbers[name] }
    func number(ofService name: String) -> Int? { serviceNumbers[name] }
    func channel(_ name: String) -> ChannelNode? { channelNumbers[name].map { graph.channels[$0] } }
    func service(_ name: String) -> ServiceNode? { serviceNumbers[name].map { graph.services[$0] } }

    /// Whether the catalog has it.
    func isDocumented(_ node: Node) -> Bool {
        switch node {
        case .channel(let name): channel(name)?.isDocumented ?? false
        case .service(let name): service(name)?.isDocumented ?? false
        }
    }

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

    /// Topic or queue, as the catalog says; a queue that nobody wrote down, as far as spans tell.
    func kind(of channel: ChannelNode) -> Channel.Kind? {
        guard channel.kind == nil else { return channel.kind }
        func routes() -> [FlowEdge] { outbound(ofChannel: channel.name) }
        let isQueue = Channel.Kind.isQueue(on: channel.system) {
            Set(routes().lazy.filter { $0.kind == .consumes }.map(\.to)).count
        }
        return isQueue && !routes().contains { $0.kind == .delivers } ? .queue : nil
    }

    /// The services that handle a channel's messages: its own consumers, and those behind its routes, each once.
    func subscribers(of channel: String) -> [FlowEdge] {
        var found = outbound(ofChannel: channel)
        guard found.contains(where: { $0.kind == .delivers }) else { return found }
        var seen: Set<String> = [channel]
        var next = 0
        // Routes may lead in a circle.
        while next < found.count {
            if found[next].kind == .delivers, seen.insert(found[next].to).inserted {
                found += outbound(ofChannel: found[next].to)
            }
            next += 1
        }
        return found.filter { $0.kind == .consumes }
    }

    /// Whether any edge of the channel with this number in the graph is such a one.
    func hasEdge(ofChannel number: Int, where isSuch: (FlowEdge) -> Bool) -> Bool {
        intoChannels[number].contains { isSuch(graph.edges[$0]) }
            || outOfChannels[number].contains { isSuch(graph.edges[$0]) }
    }

    func hasEdge(ofService number: Int, where isSuch: (FlowEdge) -> Bool) -> Bool {
        intoServices[number].contains { isSuch(graph.edges[$0]) }
            || outOfServices[number].contains { isSuch(graph.edges[$0]) }
    }

    private func edges(_ adjacency: Adjacency, _ number: Int?) -> [FlowEdge] {
        number.map { adjacency[$0].map { graph.edges[$0] } } ?? []
    }

    private mutating func order() {
        let ranks = graph.channels.map { deadLetters.isTarget($0.name) ? 2 : kind(of: $0) == .queue ? 1 : 0 }
        channelOrder = (0...2).flatMap { rank in ranks.indices.filter { ranks[$0] == rank } }
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
                if isFromService {
                    services.outOf.append((from, number))
                } else {
                    pairs.outOfChannel.append((from, number))
                }
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

extension FlowGraph {
    /// Whether the same places are connected in the same way, whatever the figures.
    fileprivate func hasShape(of other: FlowGraph) -> Bool {
        channels == other.channels && services == other.services && edges.count == other.edges.count
            && zip(edges, other.edges).allSatisfy {
                $0.kind == $1.kind && $0.from == $1.from && $0.to == $1.to && $0.isDocumented == $1.isDocumented
                    && $0.isObserved == $1.isObserved
            }
    }
}
