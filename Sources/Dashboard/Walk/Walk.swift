/// Where a person stands in the flow graph, how they came there, and which neighbour they look at.
struct Walk: Sendable, Equatable {
    enum Side: Sendable, Equatable { case left, right }

    /// The places that were passed, the first one first; the last is where one stands.
    private(set) var path: [Node]
    var side: Side
    /// The chosen neighbour on that side.
    var choice = 0

    /// How long a path is remembered.
    static let maximumPath = 200

    init(at node: Node, side: Side) {
        path = [node]
        self.side = side
    }

    var centre: Node { path[path.count - 1] }

    /// Whether there is somewhere to go back to.
    var hasPassed: Bool { path.count > 1 }

    mutating func step(to node: Node, looking side: Side) {
        path.append(node)
        if path.count > Self.maximumPath { path.removeFirst() }
        self.side = side
        choice = 0
    }

    /// Returns to the place before.
    mutating func stepBack() {
        guard hasPassed else { return }
        path.removeLast()
        choice = 0
    }
}
