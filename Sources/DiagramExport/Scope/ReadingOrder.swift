import CatalogModel
import FlowMatching
import TraceModel

/// The order in which a reader meets services: from where requests come in, along calls and messages, level by level.
///
/// Layout engines place what comes first at the beginning; in this order fewer arrows cross than in any order of names.
struct ReadingOrder {
    private var ranks: [String: Int] = [:]

    init(_ graph: FlowGraph) {
        struct Node: Hashable {
            var isService: Bool
            var name: String
        }
        var next: [Node: [Node]] = [:]
        var entered: Set<Node> = []
        for edge in graph.edges {
            let from = Node(isService: edge.kind == .calls || edge.kind == .publishes, name: edge.from)
            let to = Node(isService: edge.kind == .calls || edge.kind == .consumes, name: edge.to)
            next[from, default: []].append(to)
            if from != to { entered.insert(to) }
        }
        let services = graph.services.sorted {
            ($0.kind.isInside ? 1 : 0, $0.name) < ($1.kind.isInside ? 1 : 0, $1.name)
        }
        let isEntered = { (service: ServiceNode) in entered.contains(Node(isService: true, name: service.name)) }
        var seen: Set<Node> = []
        for start in services.filter({ !isEntered($0) }) + services.filter(isEntered) {
            var level = [Node(isService: true, name: start.name)]
            while !level.isEmpty {
                level = level.filter { seen.insert($0).inserted }
                for node in level where node.isService { ranks[node.name] = ranks.count }
                level = level.flatMap { next[$0] ?? [] }
            }
        }
    }

    func isBefore(_ left: ServiceNode, _ right: ServiceNode) -> Bool {
        (ranks[left.name] ?? .max, left.name) < (ranks[right.name] ?? .max, right.name)
    }
}
