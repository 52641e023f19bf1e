import FlowMatching
import TraceModel

/// A system cut into parts that are small enough to look at: by domain where at least half of the services name theirs,
/// else by who talks with whom. Where there are too many parts, parts of parts.
struct Division {
    /// One thing and all below it.
    struct Part {
        var name: String
        /// Indexes of nodes at the lowest level, of parts of the level below at others.
        var members: [Int]
        var services: Int
        var channels: Int
    }

    /// Services and channels, each group sorted by name.
    let nodes: [DiagramNode]
    /// Ends by their indexes in `nodes`, in the order of the graph's edges.
    let ends: [(source: Int, target: Int)]
    /// The lowest level first; the last has no more parts than a picture takes.
    private(set) var levels: [[Part]] = []
    private let limit: Int
    /// Pages and nodes that every atlas has are called so.
    private var names: Set<String> = ["overview", "other parts"]

    /// - Parameter limit: How many nodes a picture takes; at least 4.
    init(_ graph: FlowGraph, limit: Int) {
        self.limit = max(4, limit)
        nodes = graph.nodes
        let indexes = Dictionary(nodes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        ends = graph.edges.compactMap { edge in
            guard let source = indexes[edge.source], let target = indexes[edge.target] else { return nil }
            return (source, target)
        }
        levels = [lowestLevel(graph)]
        while levels[levels.count - 1].count > self.limit { levels.append(levelAbove(levels[levels.count - 1])) }
    }

    /// For each node, which part of a level it is in.
    func partOfNode(level: Int) -> [Int] {
        var parts = Array(repeating: 0, count: nodes.count)
        for (number, part) in levels[0].enumerated() {
            for node in part.members { parts[node] = number }
        }
        for upper in levels.prefix(level + 1).dropFirst() {
            var above = Array(repeating: 0, count: upper.reduce(0) { $0 + $1.members.count })
            for (number, part) in upper.enumerated() {
                for member in part.members { above[member] = number }
            }
            parts = parts.map { above[$0] }
        }
        return parts
    }

    // MARK: - The lowest level

    /// Other parts need room in each picture, too.
    private var memberLimit: Int { limit * 3 / 4 }

    private mutating func lowestLevel(_ graph: FlowGraph) -> [Part] {
        let domains = domains(graph)
        let groups = Dictionary(grouping: nodes.indices) { domains[$0] ?? "" }
        var degree = Array(repeating: 0, count: nodes.count)
        var edges: [String: [(source: Int, target: Int)]] = [:]
        for (source, target) in ends {
            degree[source] += 1
            degree[target] += 1
            guard domains[source] == domains[target] else { continue }
            edges[domains[source] ?? "", default: []].append((source, target))
        }
        var parts: [Part] = []
        for (domain, members) in groups.sorted(by: { $0.key < $1.key }) {
            if !domain.isEmpty, members.count <= memberLimit {
                parts.append(part(domain, members))
                continue
            }
            for community in communities(of: members, edges[domain] ?? []) {
                let hub = "around \(hub(of: community, degree))"
                parts.append(part(domain.isEmpty ? hub : "\(domain), \(hub)", community))
            }
        }
        return parts.sorted { $0.name < $1.name }
    }

    /// Each node's domain: its own, or that of most of its neighbours; none anywhere where few services name one.
    private func domains(_ graph: FlowGraph) -> [String?] {
        let own = graph.services.map(\.domain) + graph.channels.map(\.domain)
        let named = graph.services.count { $0.domain != nil }
        guard named > 0, named * 2 >= graph.services.count else { return own.map { _ in nil } }
        var domains = own
        var neighbours: [[Int]] = Array(repeating: [], count: nodes.count)
        for (source, target) in ends {
            neighbours[source].append(target)
            neighbours[target].append(source)
        }
        var open = domains.indices.filter { domains[$0] == nil }
        while !open.isEmpty {
            let found = open.map { node in
                let votes = neighbours[node].compactMap { domains[$0] }.reduce(into: [String: Int]()) {
                    $0[$1, default: 0] += 1
                }
                return (node, votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key)
            }
            for (node, domain) in found { domains[node] = domain }
            let next = open.filter { domains[$0] == nil }
            if next.count == open.count { break }
            open = next
        }
        return domains
    }

    /// - Parameter edges: Those between members.
    private func communities(of members: [Int], _ edges: [(source: Int, target: Int)]) -> [[Int]] {
        let positions = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0) })
        let groups = Communities.groups(
            of: members.count, edges: edges.map { (positions[$0.source] ?? 0, positions[$0.target] ?? 0) },
            limit: memberLimit)
        var communities = Array(repeating: [Int](), count: (groups.max() ?? -1) + 1)
        for (position, group) in groups.enumerated() { communities[group].append(members[position]) }
        return communities
    }

    /// The service with the most edges among the members; a channel where there is no service.
    private func hub(of members: [Int], _ degree: [Int]) -> String {
        let best = members.max { left, right in
            let rank = { (node: Int) in (nodes[node].isService ? 1 : 0, degree[node], -node) }
            return rank(left) < rank(right)
        }
        return best.map { nodes[$0].name } ?? ""
    }

    private mutating func part(_ name: String, _ members: [Int]) -> Part {
        let services = members.count { nodes[$0].isService }
        return Part(
            name: unique(name), members: members, services: services, channels: members.count - services)
    }

    private mutating func unique(_ name: String) -> String {
        var result = name
        var number = 1
        while !names.insert(result).inserted {
            number += 1
            result = "\(name) (\(number))"
        }
        return result
    }

    // MARK: - Levels above

    private mutating func levelAbove(_ parts: [Part]) -> [Part] {
        let partOfNode = partOfNode(level: levels.count - 1)
        let edges = ends.map { (partOfNode[$0.source], partOfNode[$0.target]) }
        let groups = Communities.groups(of: parts.count, edges: edges, limit: memberLimit)
        var members = Array(repeating: [Int](), count: (groups.max() ?? -1) + 1)
        for (part, group) in groups.enumerated() { members[group].append(part) }
        let above = members.map { members -> Part in
            let largest = members.max {
                (parts[$0].services, parts[$1].name) < (parts[$1].services, parts[$0].name)
            }
            let name = largest.map { parts[$0].name } ?? ""
            return Part(
                name: unique("\(name) and \(members.count - 1) more parts"), members: members,
                services: members.reduce(0) { $0 + parts[$1].services },
                channels: members.reduce(0) { $0 + parts[$1].channels })
        }
        return above
    }
}

extension DiagramNode {
    var isService: Bool { if case .service = self { true } else { false } }
}
