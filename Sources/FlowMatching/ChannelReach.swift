import TraceModel

/// Where messages go from each channel by the routes of a graph.
struct ChannelReach: Sendable {
    private var all: [String: Set<String>] = [:]

    init(_ edges: [FlowEdge]) {
        var next: [String: [String]] = [:]
        for edge in edges where edge.kind == .delivers { next[edge.from, default: []].append(edge.to) }
        for channel in next.keys {
            var reached: Set<String> = [channel]
            var waiting = [channel]
            while let name = waiting.popLast() {
                for target in next[name] ?? [] where reached.insert(target).inserted { waiting.append(target) }
            }
            all[channel] = reached
        }
    }

    /// The channel itself, and every channel that its messages are delivered to.
    subscript(channel: String) -> Set<String> { all[channel] ?? [channel] }
}
