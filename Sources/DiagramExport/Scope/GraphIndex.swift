import FlowMatching
import TraceModel

/// A graph with what is asked of it again and again, looked up by name: made once for all pages of a site.
struct GraphIndex: Sendable {
    let graph: FlowGraph
    /// Whether spans were seen at all, so that their absence says something.
    let isObserved: Bool
    private let services: [String: Int]
    private let channels: [String: Int]
    /// Indexes of edges, ascending.
    private var outgoing: [DiagramNode: [Int]] = [:]
    private var incoming: [DiagramNode: [Int]] = [:]

    init(_ graph: FlowGraph) {
        self.graph = graph
        isObserved = graph.edges.contains(where: \.isObserved)
        services = Self.positions(graph.services.map(\.name))
        channels = Self.positions(graph.channels.map(\.name))
        for (index, edge) in graph.edges.enumerated() {
            outgoing[edge.source, default: []].append(index)
            incoming[edge.target, default: []].append(index)
        }
    }

    private static func positions(_ names: [String]) -> [String: Int] {
        Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func service(_ name: String) -> ServiceNode? { services[name].map { graph.services[$0] } }
    func channel(_ name: String) -> ChannelNode? { channels[name].map { graph.channels[$0] } }

    /// In the order of the graph.
    func edges(_ kind: EdgeKind, from node: DiagramNode) -> [FlowEdge] {
        (outgoing[node] ?? []).lazy.map { graph.edges[$0] }.filter { $0.kind == kind }
    }

    /// In the order of the graph.
    func edges(_ kind: EdgeKind, to node: DiagramNode) -> [FlowEdge] {
        (incoming[node] ?? []).lazy.map { graph.edges[$0] }.filter { $0.kind == kind }
    }

    /// Some of the nodes, and the edges between them, in the order of the graph.
    func narrowed(to nodes: some Sequence<DiagramNode>) -> FlowGraph {
        let kept = Set(nodes)
        var part = FlowGraph()
        part.services = kept.compactMap { $0.isService ? services[$0.name] : nil }.sorted().map { graph.services[$0] }
        part.channels = kept.compactMap { $0.isService ? nil : channels[$0.name] }.sorted().map { graph.channels[$0] }
        part.edges = kept.flatMap { outgoing[$0] ?? [] }.sorted().map { graph.edges[$0] }
            .filter { kept.contains($0.target) }
        return part
    }
}
