public import CatalogModel
public import TraceModel

extension FlowGraph {
    /// Lays what was observed over what is documented.
    public init(catalog: Catalog, observed: [ObservedEdge]) {
        let resolver = NameResolver(catalog)
        var builder = FlowGraphBuilder(catalog: catalog)
        builder.addDocumented()
        builder.addObserved(observed, resolver)
        self = builder.graph
    }
}

/// Puts the documented and the observed edges of one pair of ends beside each other, and decides which are the same.
private struct FlowGraphBuilder {
    let catalog: Catalog
    private var documented: [EdgeEnds: [FlowEdge]] = [:]
    private var observed: [EdgeKey: EdgeFigures] = [:]

    init(catalog: Catalog) { self.catalog = catalog }

    mutating func addDocumented() {
        func add(_ edge: FlowEdge) {
            documented[EdgeEnds(edge), default: []].append(edge)
        }
        func system(of channel: String) -> String { catalog.channel(named: channel)?.system?.rawValue ?? "" }
        for service in catalog.services {
            for call in service.calls {
                add(
                    FlowEdge(
                        kind: .calls, from: service.name, to: call.service.value, system: call.protocol?.value ?? "",
                        operation: call.operation ?? "", isDocumented: true, span: call.service.span))
            }
            for publication in service.publishes {
                add(
                    FlowEdge(
                        kind: .publishes, from: service.name, to: publication.channel.value,
                        system: system(of: publication.channel.value), isDocumented: true,
                        span: publication.channel.span))
            }
            for subscription in service.subscribes {
                add(
                    FlowEdge(
                        kind: .consumes, from: subscription.channel.value, to: service.name,
                        system: system(of: subscription.channel.value), group: subscription.group ?? "",
                        isDocumented: true, span: subscription.channel.span))
            }
        }
        for channel in catalog.channels {
            for route in channel.deliversTo {
                add(
                    FlowEdge(
                        kind: .delivers, from: channel.name, to: route.channel.value,
                        system: channel.system?.rawValue ?? "", isDocumented: true, span: route.channel.span))
            }
        }
    }

    mutating func addObserved(_ edges: [ObservedEdge], _ resolver: NameResolver) {
        for edge in edges {
            var key = edge.key
            let ends = resolver.ends(of: key)
            (key.from, key.to) = (ends.from, ends.to)
            observed[key, default: EdgeFigures()].add(edge.figures)
        }
    }

    var graph: FlowGraph {
        var graph = FlowGraph()
        let observedByEnds = Dictionary(grouping: observed) {
            EdgeEnds($0.key.kind, $0.key.from, $0.key.to)
        }
        for ends in Set(documented.keys).union(observedByEnds.keys) {
            graph.edges += edges(documented[ends] ?? [], (observedByEnds[ends] ?? []).map { ($0.key, $0.value) })
        }
        markCallBacks(in: &graph.edges)
        graph.edges.sort(by: FlowEdge.isOrderedBefore)
        addNodes(to: &graph)
        return graph
    }

    /// The edges between one pair of ends. What is documented for the pair documents every observed edge of it; a
    /// documented group that differs from every observed one stays as an unobserved edge of its own.
    private func edges(_ documented: [FlowEdge], _ observed: [(EdgeKey, EdgeFigures)]) -> [FlowEdge] {
        var isSeen = Array(repeating: false, count: documented.count)
        var edges = observed.map { key, figures in
            let isConsumed = key.kind == .consumes
            let match =
                documented.indices.first {
                    isConsumed
                        ? documented[$0].group == key.detail
                        : !key.detail.isEmpty && key.detail.hasSuffix(documented[$0].operation)
                            && !documented[$0].operation.isEmpty
                } ?? documented.indices.first { !isConsumed || documented[$0].group.isEmpty || key.detail.isEmpty }
            if let match { isSeen[match] = true }
            return FlowEdge(
                kind: key.kind, from: key.from, to: key.to,
                system: key.system.isEmpty ? documented.first?.system ?? "" : key.system,
                group: isConsumed ? (key.detail.isEmpty ? match.map { documented[$0].group } ?? "" : key.detail) : "",
                operation: key.kind == .calls ? key.detail : "", isDocumented: !documented.isEmpty, isObserved: true,
                isTemporary: key.isTemporary, figures: figures,
                span: (match ?? documented.indices.first).map {
                    documented[$0].span
                } ?? nil)
        }
        for index in documented.indices where !isSeen[index] {
            let edge = documented[index]
            if observed.isEmpty || (edge.kind == .consumes && !edge.group.isEmpty) { edges.append(edge) }
        }
        return edges
    }

    /// An undocumented call from a subscriber to the publisher of what it subscribes to is a call back.
    private func markCallBacks(in edges: inout [FlowEdge]) {
        let reach = ChannelReach(edges)
        var published: [String: Set<String>] = [:]
        for edge in edges where edge.kind == .publishes {
            published[edge.from, default: []].formUnion(reach[edge.to])
        }
        var consumed: [String: Set<String>] = [:]
        for edge in edges where edge.kind == .consumes { consumed[edge.to, default: []].insert(edge.from) }
        for index in edges.indices where edges[index].kind == .calls && !edges[index].isDocumented {
            edges[index].isCallBack = !(consumed[edges[index].from] ?? []).isDisjoint(
                with: published[edges[index].to] ?? [])
        }
    }

    // MARK: - Nodes

    private func addNodes(to graph: inout FlowGraph) {
        var channels: [String: ChannelNode] = [:]
        for channel in catalog.channels {
            channels[channel.name] = ChannelNode(
                name: channel.name, title: channel.documentation.title, kind: channel.kind,
                system: channel.system?.rawValue ?? "", broker: channel.broker?.value,
                owner: channel.documentation.owner, domain: channel.documentation.domain, isDocumented: true)
        }
        var services: [String: ServiceNode] = [:]
        for service in catalog.services {
            services[service.name] = ServiceNode(
                name: service.name, title: service.documentation.title, kind: service.kind,
                owner: service.documentation.owner, domain: service.documentation.domain,
                repository: service.documentation.repository, isDocumented: true)
        }
        func see(channel name: String, _ edge: FlowEdge) {
            var node = channels[name] ?? ChannelNode(name: name)
            // A route's system is that of the topic it leaves: the queue behind it may be of another.
            let isBehindRoute = edge.kind == .delivers && edge.to == name
            if node.system.isEmpty, !isBehindRoute { node.system = edge.system }
            node.isObserved = node.isObserved || edge.isObserved
            node.isTemporary = node.isTemporary || edge.isTemporary
            channels[name] = node
        }
        func see(service name: String, _ edge: FlowEdge) {
            var node = services[name] ?? ServiceNode(name: name)
            node.isObserved = node.isObserved || edge.isObserved
            services[name] = node
        }
        for edge in graph.edges {
            switch edge.kind {
            case .calls:
                see(service: edge.from, edge)
                see(service: edge.to, edge)
            case .publishes:
                see(service: edge.from, edge)
                see(channel: edge.to, edge)
            case .consumes:
                see(channel: edge.from, edge)
                see(service: edge.to, edge)
            case .delivers:
                see(channel: edge.from, edge)
                see(channel: edge.to, edge)
            }
        }
        graph.channels = channels.values.sorted { $0.name < $1.name }
        graph.services = services.values.sorted { $0.name < $1.name }
    }
}

extension FlowEdge {
    static func isOrderedBefore(_ left: FlowEdge, _ right: FlowEdge) -> Bool {
        (left.kind.rawValue, left.from, left.to, left.system, left.group + left.operation)
            < (right.kind.rawValue, right.from, right.to, right.system, right.group + right.operation)
    }
}
