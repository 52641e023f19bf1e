/// A directed graph over small numbers: what cycles and long chains are found with.
public struct Digraph: Sendable {
    /// The successors of each node, each once, in the order they were given.
    public let successors: [[Int]]

    public init(_ successors: [[Int]]) {
        self.successors = successors.map { list in
            var seen: Set<Int> = []
            return list.filter { seen.insert($0).inserted }
        }
    }

    /// The strongly connected components, each sorted; a component comes after everything that it reaches (Tarjan).
    /// - Complexity: O(nodes + edges); no recursion.
    public func components() -> [[Int]] {
        let unvisited = -1
        var index = [Int](repeating: unvisited, count: successors.count)
        var low = index
        var isOnStack = [Bool](repeating: false, count: successors.count)
        var stack: [Int] = []
        var result: [[Int]] = []
        var counter = 0
        for root in successors.indices where index[root] == unvisited {
            var work: [(node: Int, next: Int)] = [(root, 0)]
            while let (node, next) = work.last {
                if next == 0 {
                    index[node] = counter
                    low[node] = counter
                    counter += 1
                    stack.append(node)
                    isOnStack[node] = true
                }
                if next < successors[node].count {
                    work[work.count - 1].next += 1
                    let successor = successors[node][next]
                    if index[successor] == unvisited {
                        work.append((successor, 0))
                    } else if isOnStack[successor] {
                        low[node] = min(low[node], index[successor])
                    }
                    continue
                }
                work.removeLast()
                if let parent = work.last?.node { low[parent] = min(low[parent], low[node]) }
                guard low[node] == index[node] else { continue }
                var component: [Int] = []
                while let member = stack.popLast() {
                    isOnStack[member] = false
                    component.append(member)
                    if member == node { break }
                }
                result.append(component.sorted())
            }
        }
        return result
    }

    /// One shortest cycle of each component that has any, starting at its lowest node; a node that leads to itself is a
    /// cycle of one.
    public func cycles() -> [[Int]] {
        components().compactMap { component in
            guard let start = component.first else { return nil }
            if component.count == 1, !successors[start].contains(start) { return nil }
            return shortestCycle(through: start, within: Set(component))
        }
        .sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// A shortest way from a node back to itself inside a set of nodes.
    private func shortestCycle(through start: Int, within members: Set<Int>) -> [Int]? {
        var previous: [Int: Int] = [:]
        var queue = [start]
        var head = 0
        while head < queue.count {
            let node = queue[head]
            head += 1
            for successor in successors[node] where members.contains(successor) {
                if successor == start {
                    var path = [node]
                    while let last = path.last, last != start, let before = previous[last] { path.append(before) }
                    return path.reversed()
                }
                if previous[successor] == nil {
                    previous[successor] = node
                    queue.append(successor)
                }
            }
        }
        return nil
    }

    /// For each node the length in edges of the longest way from it, and its next node on that way. Edges inside a
    /// cycle do not count, so that no way goes round.
    /// - Complexity: O(nodes + edges).
    public func longestWays() -> (length: [Int], next: [Int?]) {
        var length = [Int](repeating: 0, count: successors.count)
        var next = [Int?](repeating: nil, count: successors.count)
        var component = [Int](repeating: 0, count: successors.count)
        let components = components()
        for (number, members) in components.enumerated() {
            for member in members { component[member] = number }
        }
        // A component comes after all that it reaches, so the lengths that are needed are there.
        for members in components {
            for member in members {
                for successor in successors[member] where component[successor] != component[member] {
                    if length[successor] + 1 > length[member] {
                        length[member] = length[successor] + 1
                        next[member] = successor
                    }
                }
            }
        }
        return (length, next)
    }
}
