import FlowMatching
import TraceModel

/// A thing that arrows lead from and to. A service and a channel may have the same name.
enum DiagramNode: Hashable {
    case service(String)
    case channel(String)
    /// Another part of the system, drawn as one thing.
    case part(String)

    var name: String {
        switch self {
        case .service(let name), .channel(let name), .part(let name): name
        }
    }
}

extension FlowEdge {
    var source: DiagramNode { kind == .calls || kind == .publishes ? .service(from) : .channel(from) }
    var target: DiagramNode { kind == .calls || kind == .consumes ? .service(to) : .channel(to) }
}

extension FlowGraph {
    /// Every service and channel, services first.
    var nodes: [DiagramNode] { services.map { .service($0.name) } + channels.map { .channel($0.name) } }

    /// The nodes that are among `kept`, and the edges between them.
    func narrowed(to kept: Set<DiagramNode>) -> FlowGraph {
        var graph = narrowed(toNodes: kept)
        graph.edges = edges.filter { kept.contains($0.source) && kept.contains($0.target) }
        return graph
    }

    /// Some of the edges, and the nodes at their ends.
    func narrowed(toEdges kept: [FlowEdge], and others: Set<DiagramNode> = []) -> FlowGraph {
        var graph = narrowed(toNodes: others.union(kept.flatMap { [$0.source, $0.target] }))
        graph.edges = kept
        return graph
    }

    private func narrowed(toNodes kept: Set<DiagramNode>) -> FlowGraph {
        var graph = FlowGraph()
        graph.services = services.filter { kept.contains(.service($0.name)) }
        graph.channels = channels.filter { kept.contains(.channel($0.name)) }
        return graph
    }
}
