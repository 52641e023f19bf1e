import FlowMatching
import TraceModel

extension FlowGraph {
    /// What lies within some hops of one name, nearest first, by name among equals; nil where nothing has that name.
    ///
    /// A hop is one message or one call. From a channel, its publishers and subscribers are one hop away, whatever routes
    /// lie between; from a service, so are the services at the other ends of its channels and calls.
    func surroundings(of name: String, depth: Int, toward: WalkDirection) -> [DiagramNode]? {
        var walk = Walk(self, toward: toward)
        let isService = services.contains { $0.name == name }
        let isChannel = channels.contains { $0.name == name }
        guard isService || isChannel else { return nil }
        var frontier: Set<String> = isService ? [name] : []
        var order: [DiagramNode] = isService ? [.service(name)] : []
        var reached = frontier
        if isChannel {
            let next = walk.ends(of: name).subtracting(reached)
            order += walk.takeChannels(first: name)
            order += next.sorted().map { .service($0) }
            reached.formUnion(next)
            if depth > 0 { frontier.formUnion(next) }
        }
        for _ in 0..<max(0, isChannel && !isService ? depth - 1 : depth) where !frontier.isEmpty {
            let next = frontier.sorted().reduce(into: Set<String>()) { $0.formUnion(walk.neighbours(of: $1)) }
            frontier = next.subtracting(reached)
            order += walk.takeChannels() + frontier.sorted().map { .service($0) }
            reached.formUnion(frontier)
        }
        return order
    }
}

/// Walks a graph by names, and remembers the channels it came by.
private struct Walk {
    private struct Step: Hashable {
        var kind: EdgeKind
        var name: String
    }

    private let toward: WalkDirection
    private var forward: [Step: [String]] = [:]
    private var backward: [Step: [String]] = [:]
    private var channels: Set<String> = []
    private var taken: Set<String> = []

    init(_ graph: FlowGraph, toward: WalkDirection) {
        self.toward = toward
        for edge in graph.edges {
            forward[Step(kind: edge.kind, name: edge.from), default: []].append(edge.to)
            backward[Step(kind: edge.kind, name: edge.to), default: []].append(edge.from)
        }
    }

    /// The channels that the walk came by since it was last asked, by name; `first` before all others.
    mutating func takeChannels(first: String? = nil) -> [DiagramNode] {
        let new = channels.subtracting(taken)
        taken.formUnion(new)
        let isFirst = { (name: String) in name == first ? 0 : 1 }
        return new.sorted { (isFirst($0), $0) < (isFirst($1), $1) }.map { .channel($0) }
    }

    /// The services at the ends of a channel.
    mutating func ends(of channel: String) -> Set<String> {
        channels.insert(channel)
        var found: Set<String> = []
        if toward != .upstream { found.formUnion(downstream(of: channel)) }
        if toward != .downstream { found.formUnion(upstream(of: channel)) }
        return found
    }

    /// Services one hop away from a service.
    mutating func neighbours(of service: String) -> Set<String> {
        var found: Set<String> = []
        if toward != .upstream {
            found.formUnion(forward[Step(kind: .calls, name: service)] ?? [])
            for channel in forward[Step(kind: .publishes, name: service)] ?? [] {
                found.formUnion(downstream(of: channel))
            }
        }
        if toward != .downstream {
            found.formUnion(backward[Step(kind: .calls, name: service)] ?? [])
            for channel in backward[Step(kind: .consumes, name: service)] ?? [] {
                found.formUnion(upstream(of: channel))
            }
        }
        return found
    }

    /// The subscribers of a channel and of the channels behind its routes.
    private mutating func downstream(of channel: String) -> Set<String> {
        follow(channel, forward).reduce(into: []) { $0.formUnion(forward[Step(kind: .consumes, name: $1)] ?? []) }
    }

    /// The publishers of a channel and of the channels before its routes.
    private mutating func upstream(of channel: String) -> Set<String> {
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
