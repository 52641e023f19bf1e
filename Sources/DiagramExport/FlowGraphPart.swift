import FlowMatching
import TraceModel

/// The part of a flow graph that a diagram shows: all of it, or what lies within some hops of one name.
///
/// A hop is one message or one call. From a channel, its publishers and subscribers are one hop away, whatever routes
/// lie between; from a service, so are the services at the other ends of its channels and calls.
struct FlowGraphPart {
    let services: Set<String>
    let channels: Set<String>

    /// Everything.
    init(all graph: FlowGraph) {
        services = Set(graph.services.map(\.name))
        channels = Set(graph.channels.map(\.name))
    }

    /// Nil where nothing has that name.
    init?(of graph: FlowGraph, around name: String, depth: Int) {
        var walk = Walk(graph)
        let isService = graph.services.contains { $0.name == name }
        let isChannel = graph.channels.contains { $0.name == name }
        guard isService || isChannel else { return nil }
        var frontier: Set<String> = isService ? [name] : []
        var reached = frontier
        if isChannel {
            let next = walk.downstream(of: name).union(walk.upstream(of: name))
            reached.formUnion(next)
            if depth > 0 { frontier.formUnion(next) }
        }
        for _ in 0..<max(0, isChannel && !isService ? depth - 1 : depth) {
            let next = frontier.reduce(into: Set<String>()) { $0.formUnion(walk.neighbours(of: $1)) }
            frontier = next.subtracting(reached)
            reached.formUnion(frontier)
        }
        services = reached
        channels = walk.channels
    }

    func contains(_ edge: FlowEdge) -> Bool {
        switch edge.kind {
        case .calls: services.contains(edge.from) && services.contains(edge.to)
        case .publishes: services.contains(edge.from) && channels.contains(edge.to)
        case .consumes: channels.contains(edge.from) && services.contains(edge.to)
        case .delivers: channels.contains(edge.from) && channels.contains(edge.to)
        }
    }
}

/// Walks a graph by names, and remembers the channels it came by.
private struct Walk {
    private struct Step: Hashable {
        var kind: EdgeKind
        var name: String
    }

    private var forward: [Step: [String]] = [:]
    private var backward: [Step: [String]] = [:]
    private(set) var channels: Set<String> = []

    init(_ graph: FlowGraph) {
        for edge in graph.edges {
            forward[Step(kind: edge.kind, name: edge.from), default: []].append(edge.to)
            backward[Step(kind: edge.kind, name: edge.to), default: []].append(edge.from)
        }
    }

    /// Services one hop away from a service.
    mutating func neighbours(of service: String) -> Set<String> {
        var found = Set(forward[Step(kind: .calls, name: service)] ?? [])
        found.formUnion(backward[Step(kind: .calls, name: service)] ?? [])
        for channel in forward[Step(kind: .publishes, name: service)] ?? [] {
            found.formUnion(downstream(of: channel))
        }
        for channel in backward[Step(kind: .consumes, name: service)] ?? [] { found.formUnion(upstream(of: channel)) }
        return found
    }

    /// The subscribers of a channel and of the channels behind its routes.
    mutating func downstream(of channel: String) -> Set<String> {
        follow(channel, forward).reduce(into: []) { $0.formUnion(forward[Step(kind: .consumes, name: $1)] ?? []) }
    }

    /// The publishers of a channel and of the channels before its routes.
    mutating func upstream(of channel: String) -> Set<String> {
        follow(channel, backward).reduce(into: []) { $0.formUnion(backward[Step(kind: .publishes, name: $1)] ?? []) }
    }

    private mutating func follow(_ channel: String, _ edges: [Step: [String]]) -> Set<String> {
        var found: Set<String> = [channel]
        var waiting = [channel]
        while let name = waiting.popLast() {
            for next in edges[Step(kind: .delivers, name: name)] ?? [] where found.insert(next).inserted {
                waiting.append(next)
            }
        }
        channels.formUnion(found)
        return found
    }
}
