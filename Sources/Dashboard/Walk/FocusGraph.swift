import CatalogModel
import FlowMatching
import TraceModel

/// One place of the flow graph and everything one step away from it: who sends to the left, who takes to the right.
struct FocusGraph: Sendable, Equatable {
    /// One neighbour, or several edges to the same one.
    struct Neighbour: Sendable, Equatable {
        var node: Node
        /// What lies one step further: the consumers of a queue, the topic before a queue.
        var beyond: [Node]
        /// `calls` has another arrow than messages.
        var isCall: Bool
        /// Only unhandled messages go this way; the catalog says so, and no figures tell.
        var isDeadLetters = false
        /// `gRPC GetBalance`, or a reply channel's word.
        var note: String
        var difference: Difference?
        var rate: Double
        var summary: EdgeSummary
    }

    var centre: Node
    /// The revision of the facts that it was made of.
    var revision: Int
    var left: [Neighbour]
    var right: [Neighbour]

    func neighbours(_ side: Walk.Side) -> [Neighbour] { side == .left ? left : right }

    init(around node: Node, in facts: SystemFacts) {
        centre = node
        revision = facts.revision
        switch node {
        case .channel(let name):
            left = Self.merged(facts.inbound(ofChannel: name), facts, far: \.ends.from) { neighbour in
                guard case .channel(let source) = neighbour else { return [] }
                return facts.inbound(ofChannel: source).map(\.ends.from)
            }
            right = Self.merged(facts.outbound(ofChannel: name), facts, far: \.ends.to) { neighbour in
                guard case .channel(let queue) = neighbour else { return [] }
                return facts.outbound(ofChannel: queue).map(\.ends.to)
            }
            left += Self.deadLetters(facts.deadLetters.sources(of: name), besides: left)
            right += Self.deadLetters(facts.deadLetters.targets(of: name), besides: right)
        case .service(let name):
            left = Self.merged(facts.inbound(ofService: name), facts, far: \.ends.from) { neighbour in
                guard case .channel(let channel) = neighbour else { return [] }
                return facts.inbound(ofChannel: channel).map(\.ends.from)
            }
            right = Self.merged(facts.outbound(ofService: name), facts, far: \.ends.to) { neighbour in
                guard case .channel(let channel) = neighbour else { return [] }
                return facts.subscribers(of: channel).map(\.ends.to)
            }
        }
    }

    /// The edges by their far end: messages before calls, each in the graph's order.
    private static func merged(
        _ edges: [FlowEdge], _ facts: SystemFacts, far: (FlowEdge) -> Node, beyond: (Node) -> [Node]
    ) -> [Neighbour] {
        var order: [Node] = []
        var groups: [Node: [FlowEdge]] = [:]
        for edge in edges.filter({ $0.kind != .calls }) + edges.filter({ $0.kind == .calls }) {
            let node = far(edge)
            if groups[node, default: []].isEmpty { order.append(node) }
            groups[node, default: []].append(edge)
        }
        return order.map { node in
            let edges = groups[node] ?? []
            return Neighbour(
                node: node, beyond: unique(beyond(node)), isCall: edges.first?.kind == .calls,
                note: note(on: edges),
                difference: Difference(
                    isDocumented: edges.contains(where: \.isDocumented),
                    isObserved: edges.contains(where: \.isObserved)),
                rate: edges.reduce(0) { $0 + facts.rates.perSecond(facts.rates.series(of: $1)) },
                summary: summary(of: edges, facts))
        }
    }

    private static func deadLetters(_ channels: [String], besides known: [Neighbour]) -> [Neighbour] {
        channels.filter { name in !known.contains { $0.node == .channel(name) } }.map {
            Neighbour(
                node: .channel($0), beyond: [], isCall: false, isDeadLetters: true, note: "", difference: nil, rate: 0,
                summary: EdgeSummary([]))
        }
    }

    /// A route has no lag of its own: what counts is when the consumers behind it begin.
    private static func summary(of edges: [FlowEdge], _ facts: SystemFacts) -> EdgeSummary {
        let routes = edges.filter { $0.kind == .delivers }
        let behind = routes.flatMap { facts.outbound(ofChannel: $0.to).filter { $0.kind == .consumes } }
        return EdgeSummary(behind.isEmpty ? edges : behind)
    }

    private static func note(on edges: [FlowEdge]) -> String {
        if edges.contains(where: \.isTemporary) { return "reply channel" }
        let calls = edges.filter { $0.kind == .calls }
        guard let first = calls.first else { return "" }
        // `fleet.Member/GetBalance` says enough with its last part.
        let operation = first.operation.split(separator: "/").last.map(String.init) ?? first.operation
        let name = first.operation.hasPrefix("/") || first.operation.contains(" ") ? first.operation : operation
        let more = calls.count > 1 ? " +\(calls.count - 1)" : ""
        let word = calls.contains(where: \.isCallBack) ? "calls back" : ""
        return [word, first.system, name].filter { !$0.isEmpty }.joined(separator: " ") + more
    }

    private static func unique(_ nodes: [Node]) -> [Node] {
        var seen: Set<Node> = []
        return nodes.filter { seen.insert($0).inserted }
    }
}
