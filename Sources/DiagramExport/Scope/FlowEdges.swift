import CatalogModel
import FlowMatching
import TraceModel

/// The edges that a flow's steps stand for, and the numbers of the steps that take each.
struct FlowEdges {
    /// In the order of the graph.
    private(set) var edges: [FlowEdge] = []
    /// By the ends of an edge, 1 for the first step.
    private(set) var numbers: [Ends: [Int]] = [:]

    struct Ends: Hashable {
        var source: DiagramNode
        var target: DiagramNode

        init(_ edge: FlowEdge) {
            source = edge.source
            target = edge.target
        }
    }

    init(of flow: Flow, in graph: FlowGraph) {
        var routes: [String: [String]] = [:]
        for edge in graph.edges where edge.kind == .delivers { routes[edge.from, default: []].append(edge.to) }
        let edgesOfEnds = Set(graph.edges.map(Ends.init))
        var published: [String] = []
        for (index, step) in flow.steps.enumerated() {
            let service = DiagramNode.service(step.service.value)
            switch step.action {
            case .calls: add(service, .service(step.target.value), index + 1)
            case .publishes:
                add(service, .channel(step.target.value), index + 1)
                published.append(step.target.value)
            case .handles:
                // A step may name the topic and mean the queue behind it, or name the queue of a topic published before.
                let channel = step.target.value
                let queues = (routes[channel] ?? []).filter {
                    edgesOfEnds.contains(Ends(.channel($0), service))
                }
                add(.channel(channel), service, index + 1)
                for queue in queues {
                    add(.channel(channel), .channel(queue), index + 1)
                    add(.channel(queue), service, index + 1)
                }
                for topic in published where routes[topic]?.contains(channel) == true {
                    add(.channel(topic), .channel(channel), index + 1)
                }
            }
        }
        edges = graph.edges.filter { numbers[Ends($0)] != nil }
    }

    private mutating func add(_ source: DiagramNode, _ target: DiagramNode, _ number: Int) {
        if numbers[Ends(source, target)]?.last != number { numbers[Ends(source, target), default: []].append(number) }
    }
}

extension FlowEdges.Ends {
    fileprivate init(_ source: DiagramNode, _ target: DiagramNode) {
        self.source = source
        self.target = target
    }
}
