import CatalogModel
import FlowMatching
import TraceModel

/// What tables and pages ask of a system, looked up by name.
struct SystemFacts {
    let system: ExportedSystem
    let index: GraphIndex
    private let flowsOf: [DiagramNode: [String]]

    var catalog: Catalog { system.catalog }
    var graph: FlowGraph { system.graph }

    init(_ system: ExportedSystem) {
        self.system = system
        index = GraphIndex(system.graph)
        var flowsOf: [DiagramNode: [String]] = [:]
        for flow in system.catalog.flows {
            let nodes = flow.steps.flatMap { step -> [DiagramNode] in
                let target = step.target.value
                return [.service(step.service.value), step.action == .calls ? .service(target) : .channel(target)]
            }
            for node in Set(nodes) { flowsOf[node, default: []].append(flow.name) }
        }
        self.flowsOf = flowsOf
    }

    func service(_ name: String) -> ServiceNode? { index.service(name) }
    func channel(_ name: String) -> ChannelNode? { index.channel(name) }
    func flows(of node: DiagramNode) -> [String] { flowsOf[node] ?? [] }

    func edges(_ kind: EdgeKind, from node: DiagramNode) -> [FlowEdge] { index.edges(kind, from: node) }
    func edges(_ kind: EdgeKind, to node: DiagramNode) -> [FlowEdge] { index.edges(kind, to: node) }

    /// Who handles a channel's messages, behind its routes, too; with the channel that each takes them from.
    func handlers(of channel: String) -> [FlowEdge] {
        var found: [FlowEdge] = []
        var seen: Set<String> = [channel]
        var waiting = [channel]
        while !waiting.isEmpty {
            let name = waiting.removeFirst()
            found += edges(.consumes, from: .channel(name))
            for route in edges(.delivers, from: .channel(name)) where seen.insert(route.to).inserted {
                waiting.append(route.to)
            }
        }
        return found
    }

    /// Each owner, with what is theirs, by name.
    var owners: [(owner: String, services: [String], channels: [String], flows: [String], messages: [String])] {
        typealias Owned = (services: [String], channels: [String], flows: [String], messages: [String])
        var owned: [String: Owned] = [:]
        func add(_ owner: String?, _ path: WritableKeyPath<Owned, [String]>, _ name: String) {
            guard let owner, !owner.isEmpty else { return }
            owned[owner, default: ([], [], [], [])][keyPath: path].append(name)
        }
        for service in graph.services { add(service.owner, \.services, service.name) }
        for channel in graph.channels { add(channel.owner, \.channels, channel.name) }
        for flow in catalog.flows { add(flow.documentation.owner, \.flows, flow.name) }
        for message in catalog.messages { add(message.documentation.owner, \.messages, message.name) }
        return owned.sorted { $0.key < $1.key }.map {
            ($0.key, $0.value.services, $0.value.channels, $0.value.flows, $0.value.messages)
        }
    }
}
