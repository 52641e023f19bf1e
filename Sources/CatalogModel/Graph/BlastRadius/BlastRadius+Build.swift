extension BlastRadius {
    /// Everything that follows when `origin` stops. A name that the catalog does not have gives an empty radius.
    public init(of origin: CatalogNode, in graph: CatalogGraph) {
        self.init(origin: origin)
        let walk = BlastWalk(graph, from: origin)
        trail = walk.trail
        backlog = walk.backlog.sorted { ($0.service, $0.channel) < ($1.service, $1.channel) }
        for (key, entry) in walk.entries {
            let impact = ServiceImpact(
                service: graph.catalog.services[key.service].name, effect: entry.effect,
                links: walk.trail[entry.step].links, distance: entry.distance, step: entry.step)
            if !key.isAsynchronous {
                failing.append(impact)
            } else if walk.entries[BlastWalk.Key(service: key.service, isAsynchronous: false)]?.effect.spreads != true {
                waiting.append(impact)
            }
        }
        failing.sort(by: ServiceImpact.comesBefore)
        waiting.sort(by: ServiceImpact.comesBefore)
        let silent = silentServices
        for index in waiting.indices {
            waiting[index].stillFrom = Self.unaffectedSenders(to: waiting[index], silent: silent, walk, graph)
        }
        channels = channelImpacts(walk, silent: silent, graph)
        flows = graph.catalog.flows.compactMap { flowImpact(on: $0, walk, graph) }.sorted {
            ($0.effect, $0.flow) < ($1.effect, $1.flow)
        }
        owners = ownerImpacts(graph)
    }

    /// The services that publish nothing meanwhile.
    private var silentServices: Set<String> {
        Set(
            (failing + waiting).filter(\.effect.spreads).map(\.service) + (origin.kind == .service ? [origin.name] : [])
        )
    }

    private static func unaffectedSenders(
        to impact: ServiceImpact, silent: Set<String>, _ walk: BlastWalk, _ graph: CatalogGraph
    ) -> [String] {
        guard let last = impact.links.last, last.kind == .consumes else { return [] }
        let senders = walk.senders(to: last.from.name, silent: silent).unaffected
        return Set(senders).subtracting([impact.service]).sorted()
    }

    private func channelImpacts(_ walk: BlastWalk, silent: Set<String>, _ graph: CatalogGraph) -> [ChannelImpact] {
        graph.catalog.channels.compactMap { channel in
            if walk.stopped.contains(channel.name) { return ChannelImpact(channel: channel.name, effect: .stops) }
            let senders = walk.senders(to: channel.name, silent: silent)
            guard senders.isReduced else { return nil }
            return ChannelImpact(channel: channel.name, effect: senders.unaffected.isEmpty ? .silent : .reduced)
        }
    }

    private func ownerImpacts(_ graph: CatalogGraph) -> [OwnerImpact] {
        var order: [String?] = []
        var byOwner: [String?: OwnerImpact] = [:]
        func add(_ node: CatalogNode, _ owner: String?, _ effect: Effect?) {
            if byOwner[owner] == nil {
                order.append(owner)
                byOwner[owner] = OwnerImpact(owner: owner, owned: [], effect: effect)
            }
            guard byOwner[owner]?.owned.contains(node) == false else { return }
            byOwner[owner]?.owned.append(node)
            byOwner[owner]?.effects[node] = effect
        }
        add(origin, graph.catalog.documentation(of: origin)?.owner, nil)
        for channel in channels where channel.effect == .stops {
            let node = CatalogNode(.channel, channel.channel)
            if node != origin { add(node, graph.catalog.documentation(of: node)?.owner, nil) }
        }
        let impacts =
            (failing + waiting).map { (node: CatalogNode(.service, $0.service), effect: $0.effect) }
            + flows.map { (node: CatalogNode(.flow, $0.flow), effect: $0.effect) }.filter { $0.node != origin }
        for effect in Effect.allCases {
            for impact in impacts where impact.effect == effect {
                add(impact.node, graph.catalog.documentation(of: impact.node)?.owner, effect)
            }
        }
        return order.compactMap { byOwner[$0] }
    }
}

extension BlastRadius.ServiceImpact {
    static func comesBefore(_ left: Self, _ right: Self) -> Bool {
        (left.effect, left.distance, left.service) < (right.effect, right.distance, right.service)
    }
}

extension Catalog {
    /// What people wrote about it; nil where the catalog does not have it, and for brokers.
    public func documentation(of node: CatalogNode) -> Documentation? {
        switch node.kind {
        case .service: service(named: node.name)?.documentation
        case .channel: channel(named: node.name)?.documentation
        case .flow: flow(named: node.name)?.documentation
        case .message: message(named: node.name)?.documentation
        case .broker: nil
        }
    }
}
