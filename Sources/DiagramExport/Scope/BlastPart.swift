import CatalogModel
import FlowMatching
import TraceModel

/// The part of a graph that is affected when something stops, and what becomes of each service.
struct BlastPart {
    let graph: FlowGraph
    let radius: BlastRadius
    /// What stops, then what it affects, nearest first, with what lies on the way.
    let nodes: [DiagramNode]

    init(of origin: CatalogNode, in graph: FlowGraph, _ catalog: Catalog) {
        let radius = BlastRadius(of: origin, in: CatalogGraph(catalog))
        self.radius = radius
        let impacts = (radius.failing + radius.waiting).sorted {
            ($0.distance, $0.service) < ($1.distance, $1.service)
        }
        var pairs: Set<Set<DiagramNode>> = []
        var seen: Set<DiagramNode> = []
        var nodes: [DiagramNode] = []
        func add(_ found: [DiagramNode]) { nodes += found.filter { seen.insert($0).inserted } }
        add([Self.node(origin)].compactMap(\.self))
        for link in radius.links(to: impacts) {
            let ends = [link.from, link.to].compactMap(Self.node)
            add(ends)
            pairs.insert(Set(ends))
        }
        add(impacts.map { .service($0.service) })
        let part = graph.narrowed(
            toEdges: graph.edges.filter { $0.isDocumented && pairs.contains([$0.source, $0.target]) }, and: seen)
        self.graph = part
        let drawn = Set(part.nodes)
        self.nodes = nodes.filter(drawn.contains)
    }

    private static func node(_ node: CatalogNode) -> DiagramNode? {
        switch node.kind {
        case .service: .service(node.name)
        case .channel: .channel(node.name)
        case .message, .flow, .broker: nil
        }
    }

    /// Colours what is affected, and says in words how.
    func mark(_ plan: inout FlowchartPlan) {
        for impact in radius.failing + radius.waiting {
            let node = DiagramNode.service(impact.service)
            plan.captions[node] = impact.effect.words
            plan.marks[node] =
                switch impact.effect {
                case .fails, .failsFast: .fails
                case .loses, .waits: .waits
                case .degrades, .defers: .mild
                }
        }
        guard let origin = Self.node(radius.origin) else { return }
        plan.marks[origin] = .fails
        plan.captions[origin] = "stops"
        plan.focus = origin.name
    }
}
