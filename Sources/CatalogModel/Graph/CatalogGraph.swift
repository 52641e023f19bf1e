/// The catalog's edges, indexed once: who publishes, subscribes and calls, by name in constant time.
///
/// Indexes point into the catalog that it was made of.
public struct CatalogGraph: Sendable {
    /// One entry of a service's `publishes`, `subscribes` or `calls`: the service's index and the entry's.
    public struct Use: Sendable, Hashable {
        public var service: Int
        public var entry: Int
    }

    public let catalog: Catalog
    private let publications: [String: [Use]]
    private let subscriptions: [String: [Use]]
    private let incomingCalls: [String: [Use]]
    private let incomingRoutes: [String: [Int]]
    private let serviceIndexes: [String: Int]
    private let channelIndexes: [String: Int]
    private let messageIndexes: [String: Int]

    /// - Complexity: O(services + channels + edges).
    public init(_ catalog: Catalog) {
        self.catalog = catalog
        var publications: [String: [Use]] = [:]
        var subscriptions: [String: [Use]] = [:]
        var calls: [String: [Use]] = [:]
        for (index, service) in catalog.services.enumerated() {
            for (entry, publication) in service.publishes.enumerated() {
                publications[publication.channel.value, default: []].append(Use(service: index, entry: entry))
            }
            for (entry, subscription) in service.subscribes.enumerated() {
                subscriptions[subscription.channel.value, default: []].append(Use(service: index, entry: entry))
            }
            for (entry, call) in service.calls.enumerated() {
                calls[call.service.value, default: []].append(Use(service: index, entry: entry))
            }
        }
        var routes: [String: [Int]] = [:]
        for (index, channel) in catalog.channels.enumerated() {
            for route in channel.deliversTo { routes[route.channel.value, default: []].append(index) }
        }
        self.publications = publications
        self.subscriptions = subscriptions
        incomingCalls = calls
        incomingRoutes = routes
        serviceIndexes = Dictionary(
            catalog.services.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        channelIndexes = Dictionary(
            catalog.channels.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        messageIndexes = Dictionary(
            catalog.messages.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public func index(ofService name: String) -> Int? { serviceIndexes[name] }
    public func index(ofChannel name: String) -> Int? { channelIndexes[name] }
    public func service(_ name: String) -> Service? { serviceIndexes[name].map { catalog.services[$0] } }
    public func channel(_ name: String) -> Channel? { channelIndexes[name].map { catalog.channels[$0] } }

    /// The message that a reference names, with or without a version: `order-completed@2`.
    public func index(ofMessage name: String) -> Int? {
        if let index = messageIndexes[name] { return index }
        return name.lastIndex(of: "@").flatMap { messageIndexes[String(name[..<$0])] }
    }

    /// The `publishes` entries that name the channel, by service name.
    public func publishers(of channel: String) -> [Use] { publications[channel] ?? [] }

    /// The `subscribes` entries that name the channel, by service name.
    public func subscribers(of channel: String) -> [Use] { subscriptions[channel] ?? [] }

    /// The `calls` entries that name the service, by the caller's name.
    public func callers(of service: String) -> [Use] { incomingCalls[service] ?? [] }

    /// The indexes of the channels that deliver to the channel.
    public func channels(deliveringTo channel: String) -> [Int] { incomingRoutes[channel] ?? [] }

    /// The channel and everything its routes lead to, nearest first, each once.
    public func reached(from channel: String) -> [String] {
        closure(of: channel) { name in
            channelIndexes[name].map { catalog.channels[$0].deliversTo.map(\.channel.value) } ?? []
        }
    }

    /// The channel and everything whose routes lead to it, nearest first, each once.
    public func sources(of channel: String) -> [String] {
        closure(of: channel) { name in channels(deliveringTo: name).map { catalog.channels[$0].name } }
    }

    /// The entries that handle the channel's messages, directly or behind its routes.
    public func handlers(of channel: String) -> [Use] { reached(from: channel).flatMap { subscribers(of: $0) } }

    /// The entries whose messages arrive at the channel, directly or through routes.
    public func senders(to channel: String) -> [Use] { sources(of: channel).flatMap { publishers(of: $0) } }

    public func publication(_ use: Use) -> Publication { catalog.services[use.service].publishes[use.entry] }
    public func subscription(_ use: Use) -> Subscription { catalog.services[use.service].subscribes[use.entry] }
    public func call(_ use: Use) -> Call { catalog.services[use.service].calls[use.entry] }

    /// Whether the catalog says that the service does this: the edge that a flow's step stands for.
    public func declares(_ step: Flow.Step) -> Bool {
        guard let service = service(step.service.value) else { return false }
        switch step.action {
        case .calls: return service.calls.contains { $0.service.value == step.target.value }
        case .publishes: return service.publishes.contains { $0.channel.value == step.target.value }
        case .handles:
            if service.subscribes.contains(where: { $0.channel.value == step.target.value }) { return true }
            guard let channel = channel(step.target.value), !channel.deliversTo.isEmpty else { return false }
            let reached = Set(reached(from: channel.name))
            return service.subscribes.contains { reached.contains($0.channel.value) }
        }
    }

    private func closure(of start: String, next: (String) -> [String]) -> [String] {
        var names = [start]
        var following = next(start)
        guard !following.isEmpty else { return names }
        var seen: Set<String> = [start]
        var index = 0
        while true {
            for name in following where seen.insert(name).inserted { names.append(name) }
            index += 1
            guard index < names.count else { return names }
            following = next(names[index])
        }
    }
}
