import FlowMatching
import TraceModel

/// Each node's domain: its own, or that of most of its neighbours; none anywhere where few services name one.
struct DomainsOfNodes {
    /// Services first, as in `FlowGraph.nodes`.
    private(set) var domains: [String?]

    /// - Parameter ends: Of each edge, by their indexes in `FlowGraph.nodes`.
    init(_ graph: FlowGraph, _ ends: [(source: Int, target: Int)]) {
        domains = graph.services.map(\.domain) + graph.channels.map(\.domain)
        let named = graph.services.count { $0.domain != nil }
        guard named > 0, named * 2 >= graph.services.count else {
            domains = domains.map { _ in nil }
            return
        }
        var open = domains.indices.filter { domains[$0] == nil }
        guard !open.isEmpty else { return }
        var neighbours: [[Int]] = Array(repeating: [], count: domains.count)
        for (source, target) in ends {
            neighbours[source].append(target)
            neighbours[target].append(source)
        }
        while !open.isEmpty {
            let found = open.map { ($0, favourite(of: neighbours[$0])) }
            for (node, domain) in found { domains[node] = domain }
            let next = open.filter { domains[$0] == nil }
            if next.count == open.count { break }
            open = next
        }
    }

    private func favourite(of neighbours: [Int]) -> String? {
        var votes: [String: Int] = [:]
        for domain in neighbours.compactMap({ domains[$0] }) { votes[domain, default: 0] += 1 }
        return votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
}
