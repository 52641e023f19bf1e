/// Which edges touch which node: for each node's number the numbers of its edges, in the edges' order.
///
/// Two flat lists instead of a list for each node, so that 100,000 channels cost two allocations.
struct Adjacency: Sendable, Equatable {
    private var starts: [Int]
    private var edges: [Int]

    /// From pairs of a node's number (below `count`) and an edge's number.
    /// - Complexity: O(count + pairs).
    init(count: Int, pairs: [(node: Int, edge: Int)]) {
        var starts = Array(repeating: 0, count: count + 1)
        for pair in pairs { starts[pair.node + 1] += 1 }
        for node in 0..<count { starts[node + 1] += starts[node] }
        var next = starts
        var edges = Array(repeating: 0, count: pairs.count)
        for pair in pairs {
            edges[next[pair.node]] = pair.edge
            next[pair.node] += 1
        }
        self.starts = starts
        self.edges = edges
    }

    /// The edges of a node; none for a number that is out of range.
    subscript(node: Int) -> ArraySlice<Int> {
        guard node >= 0, node + 1 < starts.count else { return [] }
        return edges[starts[node]..<starts[node + 1]]
    }
}
