import CatalogModel

/// Which services and channels go by a new name: old name to new name.
///
/// A thing that is gone and one that is new are the same when they share most of what is around them (edges, messages,
/// broker, title) and no other pair does so better. A name alone proves nothing.
struct Renames: Sendable, Equatable {
    var services: [String: String] = [:]
    var channels: [String: String] = [:]

    /// The share of the surroundings, of both together, that must be the same.
    private static let threshold = 0.6

    init(from old: CatalogGraph, to new: CatalogGraph) {
        let goneChannels = old.catalog.channels.filter { new.channel($0.name) == nil }
        let newChannels = new.catalog.channels.filter { old.channel($0.name) == nil }
        let goneServices = old.catalog.services.filter { new.service($0.name) == nil }
        let newServices = new.catalog.services.filter { old.service($0.name) == nil }
        channels = Self.matches(
            goneChannels.map { ($0.name, Self.surroundings(of: $0, old)) },
            newChannels.map { ($0.name, Self.surroundings(of: $0, new)) })
        // A service's channels may have been renamed with it.
        services = Self.matches(
            goneServices.map { ($0.name, Self.surroundings(of: $0, old, channels)) },
            newServices.map { ($0.name, Self.surroundings(of: $0, new, [:])) })
    }

    /// Pairs in the order of how much they share; each name once.
    private static func matches(
        _ old: [(name: String, facts: Set<String>)], _ new: [(name: String, facts: Set<String>)]
    ) -> [String: String] {
        // Who has a fact: only pairs that share one are looked at.
        var byFact: [String: [Int]] = [:]
        for (index, candidate) in new.enumerated() {
            for fact in candidate.facts { byFact[fact, default: []].append(index) }
        }
        var pairs: [(score: Double, old: String, new: String)] = []
        for gone in old {
            var shared: [Int: Int] = [:]
            for fact in gone.facts { for index in byFact[fact] ?? [] { shared[index, default: 0] += 1 } }
            for (index, count) in shared {
                let union = gone.facts.count + new[index].facts.count - count
                let score = Double(count) / Double(max(union, 1))
                if score >= threshold { pairs.append((score, gone.name, new[index].name)) }
            }
        }
        pairs.sort { ($1.score, $0.old, $0.new) < ($0.score, $1.old, $1.new) }
        var result: [String: String] = [:]
        var taken: Set<String> = []
        for pair in pairs where result[pair.old] == nil && taken.insert(pair.new).inserted {
            result[pair.old] = pair.new
        }
        return result
    }

    /// What tells a channel from others but its name. What it has none of tells nothing; a channel that nobody uses is
    /// known by its title and its destination names only.
    private static func surroundings(of channel: Channel, _ graph: CatalogGraph) -> Set<String> {
        var facts: Set<String> = []
        for use in graph.publishers(of: channel.name) {
            facts.insert("published by \(graph.catalog.services[use.service].name)")
        }
        for use in graph.subscribers(of: channel.name) {
            facts.insert("handled by \(graph.catalog.services[use.service].name)")
        }
        for index in graph.channels(deliveringTo: channel.name) {
            facts.insert("fed by \(graph.catalog.channels[index].name)")
        }
        for route in channel.deliversTo { facts.insert("feeds \(route.channel.value)") }
        for name in channel.telemetryNames { facts.insert("seen as \(name.value)") }
        for message in channel.messages { facts.insert("carries \(message.value)") }
        if let title = channel.documentation.title { facts.insert("titled \(title)") }
        guard !facts.isEmpty else { return [] }
        facts.insert("a \(channel.kind.rawValue) on \(channel.broker?.value ?? "")")
        return facts
    }

    private static func surroundings(
        of service: Service, _ graph: CatalogGraph, _ channels: [String: String]
    ) -> Set<String> {
        var facts: Set<String> = []
        for call in service.calls { facts.insert("calls \(call.service.value) \(call.operation ?? "")") }
        for use in service.publishes {
            facts.insert("publishes \(channels[use.channel.value] ?? use.channel.value)")
        }
        for use in service.subscribes {
            facts.insert("handles \(channels[use.channel.value] ?? use.channel.value)")
        }
        for use in graph.callers(of: service.name) {
            facts.insert("called by \(graph.catalog.services[use.service].name)")
        }
        if let title = service.documentation.title { facts.insert("titled \(title)") }
        if let repository = service.documentation.repository { facts.insert("kept in \(repository)") }
        for name in service.telemetryNames { facts.insert("seen as \(name.value)") }
        guard !facts.isEmpty else { return [] }
        facts.insert("a \(service.kind.rawValue)")
        return facts
    }
}
