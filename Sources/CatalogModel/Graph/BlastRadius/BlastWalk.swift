import SourceDiagnostics

/// The walk that finds a blast radius: from what stops along calls and messages, every service at its worst.
///
/// A service has at most two entries, one for the answers that it needs and one for the messages that it gets. An entry
/// is replaced by a worse one, or by one as bad and nearer; so the walk ends, whatever cycles there are.
/// - Complexity: O(effects × edges).
struct BlastWalk {
    let graph: CatalogGraph
    let origin: CatalogNode
    /// The channels that stop themselves.
    private(set) var stopped: Set<String> = []
    /// What a flow that stops would publish: service and channel.
    private var silenced: [String: Set<String>] = [:]
    private(set) var entries: [Key: Entry] = [:]
    private(set) var trail: [BlastRadius.Trail] = []
    private(set) var backlog: [BlastRadius.Backlog] = []
    private var queue: [Key] = []
    private let pollers: [String: [CatalogGraph.Use]]
    private let awaiters: [String: [CatalogGraph.Use]]

    struct Key: Hashable {
        var service: Int
        var isAsynchronous: Bool
    }

    struct Entry {
        var effect: BlastRadius.Effect
        var distance: Int
        /// Its part of the way, in `trail`.
        var step: Int
    }

    /// Where the walk stands: what stops itself, or an entry.
    private struct Position {
        var effect: BlastRadius.Effect
        var distance: Int
        var step: Int?
    }

    init(_ graph: CatalogGraph, from origin: CatalogNode) {
        self.graph = graph
        self.origin = origin
        var pollers: [String: [CatalogGraph.Use]] = [:]
        var awaiters: [String: [CatalogGraph.Use]] = [:]
        for (index, service) in graph.catalog.services.enumerated() {
            for (entry, publication) in service.publishes.enumerated() {
                let use = CatalogGraph.Use(service: index, entry: entry)
                switch publication.awaits {
                case .reply(let channel): awaiters[channel.value, default: []].append(use)
                case .polls(let polled, _): pollers[polled.value, default: []].append(use)
                case nil: break
                }
            }
        }
        self.pollers = pollers
        self.awaiters = awaiters
        begin()
        var next = 0
        while next < queue.count {
            let key = queue[next]
            next += 1
            guard let entry = entries[key], entry.effect.spreads else { continue }
            let position = Position(effect: entry.effect, distance: entry.distance, step: entry.step)
            if key.isAsynchronous {
                spreadToWaiters(from: key.service, position)
            } else {
                spreadToCallers(from: key.service, position)
                spreadToWaiters(from: key.service, position)
            }
            spreadToSubscribers(from: key.service, position)
        }
    }

    private mutating func begin() {
        let start = Position(effect: .fails, distance: 0, step: nil)
        switch origin.kind {
        case .service:
            guard let index = graph.index(ofService: origin.name) else { return }
            backlog = subscriberBacklog(of: index)
            spreadToCallers(from: index, start)
            spreadToWaiters(from: index, start)
            spreadToSubscribers(from: index, start)
        case .channel:
            stopped = [origin.name]
            stop(channel: origin.name, start, before: [])
        case .broker:
            let channels = graph.catalog.channels.filter { $0.broker?.value == origin.name }
            stopped = Set(channels.map(\.name))
            for channel in channels {
                let link = BlastRadius.Link(
                    kind: .runsOn, from: origin, to: CatalogNode(.channel, channel.name),
                    span: channel.broker?.span ?? channel.span)
                stop(channel: channel.name, start, before: [link])
            }
        case .flow:
            guard let flow = graph.catalog.flow(named: origin.name) else { return }
            stop(flow: flow, start)
        case .message: break
        }
    }

    /// Publishers without an outbox fail; subscribers get nothing.
    private mutating func stop(channel name: String, _ start: Position, before: [BlastRadius.Link]) {
        guard let channel = graph.channel(name) else { return }
        let node = CatalogNode(.channel, name)
        for use in graph.publishers(of: name) {
            let publication = graph.publication(use)
            let service = graph.catalog.services[use.service].name
            guard publication.outbox != true, channel.loss == nil else {
                backlog.append(
                    BlastRadius.Backlog(
                        service: service, channel: name, side: .publisher,
                        loss: publication.outbox == true ? nil : channel.loss, span: publication.channel.span))
                continue
            }
            let link = BlastRadius.Link(
                kind: .publishes, from: node, to: CatalogNode(.service, service), span: publication.channel.span,
                detail: "no outbox")
            reach(use.service, .fails, before + [link], start)
        }
        reachAwaiters(of: name, before, start)
        reachSubscribers(of: name, before, start)
    }

    /// Who begins it fails; what it would publish does not come.
    private mutating func stop(flow: Flow, _ start: Position) {
        for (number, step) in flow.steps.enumerated() {
            guard let service = graph.index(ofService: step.service.value) else { continue }
            let name = graph.catalog.services[service].name
            let link = BlastRadius.Link(
                kind: .takesPart, from: origin, to: CatalogNode(.service, name), span: step.span)
            if number == 0, step.action != .handles { reach(service, .fails, [link], start) }
            guard step.action == .publishes, number > 0 || step.action == .handles else { continue }
            let channel = step.target.value
            guard silenced[name, default: []].insert(channel).inserted else { continue }
            let publishes = publication(of: service, to: channel)
            reachAwaiters(of: channel, [link] + publishes, start)
            reachSubscribers(of: channel, [link] + publishes, start)
        }
    }

    private func publication(of service: Int, to channel: String) -> [BlastRadius.Link] {
        graph.catalog.services[service].publishes.first { $0.channel.value == channel }.map { publication in
            [
                BlastRadius.Link(
                    kind: .publishes, from: CatalogNode(.service, graph.catalog.services[service].name),
                    to: CatalogNode(.channel, channel), span: publication.channel.span)
            ]
        } ?? []
    }

    /// Callers, each by what it does on failure.
    private mutating func spreadToCallers(from service: Int, _ position: Position) {
        let callee = CatalogNode(.service, graph.catalog.services[service].name)
        for use in graph.callers(of: callee.name) {
            let call = graph.call(use)
            let caller = CatalogNode(.service, graph.catalog.services[use.service].name)
            let link = BlastRadius.Link(
                kind: .calls, from: callee, to: caller, span: call.service.span, detail: call.summary)
            reach(use.service, max(call.effectOfFailure, position.effect), [link], position)
        }
    }

    /// Publishers that poll the service, or await a reply that it would send.
    private mutating func spreadToWaiters(from service: Int, _ position: Position) {
        let node = CatalogNode(.service, graph.catalog.services[service].name)
        for use in pollers[node.name] ?? [] {
            let publication = graph.publication(use)
            guard case .polls(let polled, _) = publication.awaits else { continue }
            let poller = CatalogNode(.service, graph.catalog.services[use.service].name)
            let link = BlastRadius.Link(kind: .polls, from: node, to: poller, span: polled.span)
            reach(use.service, .fails, [link], position)
        }
        for publication in graph.catalog.services[service].publishes {
            let channel = publication.channel.value
            guard awaiters[channel] != nil else { continue }
            reachAwaiters(of: channel, self.publication(of: service, to: channel), position)
        }
    }

    /// Who handles what the service publishes.
    private mutating func spreadToSubscribers(from service: Int, _ position: Position) {
        var seen: Set<String> = []
        for publication in graph.catalog.services[service].publishes {
            let channel = publication.channel.value
            guard seen.insert(channel).inserted else { continue }
            reachSubscribers(of: channel, self.publication(of: service, to: channel), position)
        }
    }

    private mutating func reachAwaiters(of channel: String, _ before: [BlastRadius.Link], _ position: Position) {
        for use in awaiters[channel] ?? [] {
            guard case .reply(let reply) = graph.publication(use).awaits else { continue }
            let awaiter = CatalogNode(.service, graph.catalog.services[use.service].name)
            let link = BlastRadius.Link(
                kind: .awaitsReply, from: CatalogNode(.channel, channel), to: awaiter, span: reply.span)
            reach(use.service, .fails, before + [link], position)
        }
    }

    /// Subscribers of the channel and of everything that its routes lead to.
    private mutating func reachSubscribers(of channel: String, _ before: [BlastRadius.Link], _ position: Position) {
        var ways: [(channel: String, links: [BlastRadius.Link], isLossy: Bool)] = [
            (channel, before, position.effect == .loses || graph.channel(channel)?.loss != nil)
        ]
        var seen: Set<String> = [channel]
        var next = 0
        while next < ways.count {
            let way = ways[next]
            next += 1
            for use in graph.subscribers(of: way.channel) {
                let subscriber = CatalogNode(.service, graph.catalog.services[use.service].name)
                let link = BlastRadius.Link(
                    kind: .consumes, from: CatalogNode(.channel, way.channel), to: subscriber,
                    span: graph.subscription(use).channel.span)
                reach(use.service, way.isLossy ? .loses : .waits, way.links + [link], position)
            }
            for route in graph.channel(way.channel)?.deliversTo ?? [] where seen.insert(route.channel.value).inserted {
                let link = BlastRadius.Link(
                    kind: .delivers, from: CatalogNode(.channel, way.channel),
                    to: CatalogNode(.channel, route.channel.value), span: route.channel.span,
                    detail: route.filter.map { "filter \($0)" } ?? "")
                let isLossy = way.isLossy || graph.channel(route.channel.value)?.loss != nil
                ways.append((route.channel.value, way.links + [link], isLossy))
            }
        }
    }

    private mutating func reach(
        _ service: Int, _ effect: BlastRadius.Effect, _ links: [BlastRadius.Link], _ position: Position
    ) {
        if origin.kind == .service, graph.catalog.services[service].name == origin.name { return }
        let key = Key(service: service, isAsynchronous: effect == .loses || effect == .waits)
        let distance = position.distance + links.count
        if let known = entries[key], (known.effect, known.distance) <= (effect, distance) { return }
        trail.append(BlastRadius.Trail(links: links, previous: position.step))
        entries[key] = Entry(effect: effect, distance: distance, step: trail.count - 1)
        queue.append(key)
    }

    /// Who still sends to a channel when the services in `silent` do not, and whether anything is missing: nothing
    /// comes through a channel that stops.
    func senders(to channel: String, silent: Set<String>) -> (unaffected: [String], isReduced: Bool) {
        guard !stopped.contains(channel) else { return ([], true) }
        var names = [channel]
        var seen: Set<String> = [channel]
        var unaffected: [String] = []
        var isReduced = false
        var next = 0
        while next < names.count {
            let name = names[next]
            next += 1
            for use in graph.publishers(of: name) {
                let service = graph.catalog.services[use.service].name
                if silent.contains(service) || silenced[service]?.contains(name) == true {
                    isReduced = true
                } else {
                    unaffected.append(service)
                }
            }
            for source in graph.channels(deliveringTo: name).map({ graph.catalog.channels[$0].name }) {
                guard !stopped.contains(source) else {
                    isReduced = true
                    continue
                }
                if seen.insert(source).inserted { names.append(source) }
            }
        }
        return (unaffected, isReduced)
    }

    /// What becomes of the messages that a service would handle.
    private func subscriberBacklog(of index: Int) -> [BlastRadius.Backlog] {
        let service = graph.catalog.services[index]
        return service.subscribes.map { subscription in
            let channel = graph.channel(subscription.channel.value)
            let others = graph.subscribers(of: subscription.channel.value).filter { use in
                use.service != index
                    && (channel?.kind == .queue
                        || subscription.group != nil && graph.subscription(use).group == subscription.group)
            }
            return BlastRadius.Backlog(
                service: service.name, channel: subscription.channel.value, side: .subscriber, loss: channel?.loss,
                keptFor: channel?.retention?.value, maxDowntime: subscription.maxDowntime?.value,
                takenOverBy: Set(others.map { graph.catalog.services[$0.service].name }).sorted(),
                span: subscription.channel.span)
        }
    }
}

extension Call {
    /// What a failure of the called service does to the caller.
    var effectOfFailure: BlastRadius.Effect {
        if needs?.value == "deferred" { return .defers }
        switch onFailure {
        case "fallback": return .degrades
        case "circuit-breaker": return .failsFast
        default: return .fails
        }
    }

    /// `grpc booking.Payment/Charge, on failure: fail`
    var summary: String {
        let what = [`protocol`?.value, operation].compactMap(\.self).joined(separator: " ")
        let failure = needs?.value == "deferred" ? "deferred" : onFailure.map { "on failure: \($0)" }
        return [what.isEmpty ? nil : what, failure].compactMap(\.self).joined(separator: ", ")
    }
}
