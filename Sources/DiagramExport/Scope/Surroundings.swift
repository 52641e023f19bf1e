import FlowMatching
import TraceModel

extension GraphIndex {
    /// What lies within some hops of one name, nearest first, by name among equals; nil where nothing has that name.
    ///
    /// A hop is one message or one call. From a channel, its publishers and subscribers are one hop away, whatever routes
    /// lie between; from a service, so are the services at the other ends of its channels and calls.
    func surroundings(of name: String, depth: Int, toward: WalkDirection) -> [DiagramNode]? {
        var walk = Walk(self, toward: toward)
        let (isService, isChannel) = (service(name) != nil, channel(name) != nil)
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

/// Walks a graph from name to name, and remembers the channels it came by.
private struct Walk {
    private let index: GraphIndex
    private let toward: WalkDirection
    private var channels: Set<String> = []
    private var taken: Set<String> = []

    init(_ index: GraphIndex, toward: WalkDirection) {
        self.index = index
        self.toward = toward
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
            found.formUnion(index.edges(.calls, from: .service(service)).map(\.to))
            for edge in index.edges(.publishes, from: .service(service)) {
                found.formUnion(downstream(of: edge.to))
            }
        }
        if toward != .downstream {
            found.formUnion(index.edges(.calls, to: .service(service)).map(\.from))
            for edge in index.edges(.consumes, to: .service(service)) {
                found.formUnion(upstream(of: edge.from))
            }
        }
        return found
    }

    /// The subscribers of a channel and of the channels behind its routes.
    private mutating func downstream(of channel: String) -> Set<String> {
        let index = self.index
        return follow(channel) { index.edges(.delivers, from: .channel($0)).map(\.to) }
            .reduce(into: []) { $0.formUnion(index.edges(.consumes, from: .channel($1)).map(\.to)) }
    }

    /// The publishers of a channel and of the channels before its routes.
    private mutating func upstream(of channel: String) -> Set<String> {
        let index = self.index
        return follow(channel) { index.edges(.delivers, to: .channel($0)).map(\.from) }
            .reduce(into: []) { $0.formUnion(index.edges(.publishes, to: .channel($1)).map(\.from)) }
    }

    private mutating func follow(_ channel: String, _ next: (String) -> [String]) -> Set<String> {
        var found: Set<String> = [channel]
        var waiting = [channel]
        while let name = waiting.popLast() {
            for next in next(name) where found.insert(next).inserted { waiting.append(next) }
        }
        channels.formUnion(found)
        return found
    }
}
