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
    /// Every name of a channel, also of one that nothing defines. A defined channel has its index as its number; where
    /// several have one name, it is the first's.
    private var numbers: [String: Int]
    /// The names that nothing defines, by number from the count of the channels on.
    private var undefined: [String] = []
    // By number:
    private var publications: [[Use]]
    private var subscriptions: [[Use]]
    private var routes: [[Int]]
    private var incomingRoutes: [[Int]]
    private var incomingCalls: [String: [Use]] = [:]
    private let serviceIndexes: [String: Int]
    private let messageIndexes: [String: Int]

    /// - Complexity: O(services + channels + edges).
    public init(_ catalog: Catalog) {
        self.catalog = catalog
        let names = [catalog.channels.map(\.name), catalog.services.map(\.name), catalog.messages.map(\.name)]
        let indexes = concurrently(names.count, part: 1) { part in part.map { Self.indexes(names[$0]) } }
        (numbers, serviceIndexes, messageIndexes) = (indexes[0], indexes[1], indexes[2])
        publications = Array(repeating: [], count: catalog.channels.count)
        subscriptions = publications
        routes = Array(repeating: [], count: catalog.channels.count)
        incomingRoutes = routes
        // By index, since entries are large and a loop over them would copy each.
        for index in catalog.services.indices {
            let service = catalog.services[index]
            let (publishes, subscribes, calls) = (service.publishes, service.subscribes, service.calls)
            for entry in publishes.indices {
                publications[number(of: publishes[entry].channel.value)].append(
                    Use(service: index, entry: entry))
            }
            for entry in subscribes.indices {
                subscriptions[number(of: subscribes[entry].channel.value)].append(
                    Use(service: index, entry: entry))
            }
            for entry in calls.indices {
                incomingCalls[calls[entry].service.value, default: []].append(Use(service: index, entry: entry))
            }
        }
        for channel in catalog.channels where !channel.deliversTo.isEmpty {
            let source = number(of: channel.name)
            for route in channel.deliversTo {
                let target = number(of: route.channel.value)
                routes[source].append(target)
                incomingRoutes[target].append(source)
            }
        }
    }

    /// The first of each name counts.
    private static func indexes(_ names: [String]) -> [String: Int] {
        var indexes: [String: Int] = Dictionary(minimumCapacity: names.count)
        for (index, name) in names.enumerated() where indexes[name] == nil { indexes[name] = index }
        return indexes
    }

    /// The number of a channel's name, which has one from now on.
    private mutating func number(of name: String) -> Int {
        if let number = numbers[name] { return number }
        let number = publications.count
        numbers[name] = number
        undefined.append(name)
        publications.append([])
        subscriptions.append([])
        routes.append([])
        incomingRoutes.append([])
        return number
    }

    private func name(of number: Int) -> String {
        number < catalog.channels.count ? catalog.channels[number].name : undefined[number - catalog.channels.count]
    }

    public func index(ofService name: String) -> Int? { serviceIndexes[name] }
    public func index(ofChannel name: String) -> Int? {
        numbers[name].flatMap { $0 < catalog.channels.count ? $0 : nil }
    }
    public func service(_ name: String) -> Service? { serviceIndexes[name].map { catalog.services[$0] } }
    public func channel(_ name: String) -> Channel? { index(ofChannel: name).map { catalog.channels[$0] } }

    /// The message that a reference names, with or without a version: `order-completed@2`.
    public func index(ofMessage name: String) -> Int? {
        if let index = messageIndexes[name] { return index }
        return name.lastIndex(of: "@").flatMap { messageIndexes[String(name[..<$0])] }
    }

    /// The `publishes` entries that name the channel, by service name.
    public func publishers(of channel: String) -> [Use] { numbers[channel].map { publications[$0] } ?? [] }

    /// The `subscribes` entries that name the channel, by service name.
    public func subscribers(of channel: String) -> [Use] { numbers[channel].map { subscriptions[$0] } ?? [] }

    /// The `calls` entries that name the service, by the caller's name.
    public func callers(of service: String) -> [Use] { incomingCalls[service] ?? [] }

    /// The indexes of the channels that deliver to the channel.
    public func channels(deliveringTo channel: String) -> [Int] { numbers[channel].map { incomingRoutes[$0] } ?? [] }

    /// The channel and everything its routes lead to, nearest first, each once.
    public func reached(from channel: String) -> [String] {
        numbers[channel].map { Self.closure(of: $0, along: routes).map(name) } ?? [channel]
    }

    /// The channel and everything whose routes lead to it, nearest first, each once.
    public func sources(of channel: String) -> [String] {
        numbers[channel].map { Self.closure(of: $0, along: incomingRoutes).map(name) } ?? [channel]
    }

    /// The entries that handle the channel's messages, directly or behind its routes.
    public func handlers(of channel: String) -> [Use] { numbers[channel].map(handlers(at:)) ?? [] }

    /// The entries whose messages arrive at the channel, directly or through routes.
    public func senders(to channel: String) -> [Use] { numbers[channel].map(senders(at:)) ?? [] }

    // The same for a channel by its index, for those who ask for every channel: its name need not be looked up. Of several
    // channels of one name the first has them all.

    public func publishers(at channel: Int) -> [Use] { publications[channel] }
    public func subscribers(at channel: Int) -> [Use] { subscriptions[channel] }
    public func handlers(at channel: Int) -> [Use] { Self.uses(subscriptions, from: channel, along: routes) }
    public func senders(at channel: Int) -> [Use] { Self.uses(publications, from: channel, along: incomingRoutes) }

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

    /// The uses of a channel and of all that lie beyond it.
    private static func uses(_ uses: [[Use]], from start: Int, along routes: [[Int]]) -> [Use] {
        routes[start].isEmpty ? uses[start] : closure(of: start, along: routes).flatMap { uses[$0] }
    }

    private static func closure(of start: Int, along routes: [[Int]]) -> [Int] {
        var found = [start]
        guard !routes[start].isEmpty else { return found }
        var seen: Set<Int> = [start]
        var next = 0
        while next < found.count {
            for target in routes[found[next]] where seen.insert(target).inserted { found.append(target) }
            next += 1
        }
        return found
    }
}
