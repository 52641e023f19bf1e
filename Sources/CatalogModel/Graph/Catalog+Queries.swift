extension Catalog {
    /// One `publishes` entry and whose it is.
    public struct Publisher: Sendable, Equatable {
        public var service: Service
        public var publication: Publication
    }

    /// One `subscribes` entry and whose it is.
    public struct Subscriber: Sendable, Equatable {
        public var service: Service
        public var subscription: Subscription
        /// The channels between, when it subscribes behind a route: a topic's queue.
        public var through: [String]
    }

    /// Who publishes to the channel itself, by service name.
    /// - Complexity: O(services). For many channels, ask a ``CatalogGraph``.
    public func publishers(of channel: String) -> [Publisher] {
        services.flatMap { service in
            service.publishes.filter { $0.channel.value == channel }.map {
                Publisher(service: service, publication: $0)
            }
        }
    }

    /// Who handles the channel's messages: its subscribers, then those behind its routes.
    /// - Complexity: O(services × channels reached). For many channels, ask a ``CatalogGraph``.
    public func subscribers(of channel: String) -> [Subscriber] {
        var result: [Subscriber] = []
        for (name, through) in reached(from: channel) {
            for service in services {
                for subscription in service.subscribes where subscription.channel.value == name {
                    result.append(Subscriber(service: service, subscription: subscription, through: through))
                }
            }
        }
        return result
    }

    /// The channels that a channel delivers to, in the order they are written.
    public func routes(from channel: String) -> [Channel.Route] { self.channel(named: channel)?.deliversTo ?? [] }

    /// The channels that deliver to a channel, by name.
    public func routes(into channel: String) -> [Channel] {
        channels.filter { $0.deliversTo.contains { $0.channel.value == channel } }
    }

    /// The channel itself and everything its routes lead to, nearest first, each once, with the channels between.
    private func reached(from channel: String) -> [(name: String, through: [String])] {
        var result: [(name: String, through: [String])] = [(channel, [])]
        var seen: Set<String> = [channel]
        var next = 0
        while next < result.count {
            let (name, through) = result[next]
            for route in routes(from: name) where seen.insert(route.channel.value).inserted {
                result.append(
                    (route.channel.value, name == channel ? [route.channel.value] : through + [route.channel.value]))
            }
            next += 1
        }
        return result
    }
}
