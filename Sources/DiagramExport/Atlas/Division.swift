import FlowMatching
import SourceDiagnostics
import TraceModel

/// A system cut into parts that are small enough to look at, and those into parts of their own where they are not: a tree.
///
/// By domain where at least half of the services name theirs, else by who talks with whom. A domain that is too large is a
/// part of parts; where there are too many parts beside each other, those that talk most with each other become one.
struct Division {
    /// One thing and all below it.
    struct Part {
        var name: String
        /// What it is a part of; nil at the top.
        var parent: Int?
        /// What it is made of; nothing at the bottom.
        var children: [Int] = []
        /// Indexes of all nodes in it, ascending.
        var nodes: [Int]
        var services: Int
        var channels: Int
    }

    /// Services and channels, each group sorted by name.
    let nodes: [DiagramNode]
    /// Ends by their indexes in `nodes`, in the order of the graph's edges.
    let ends: [(source: Int, target: Int)]
    private(set) var parts: [Part] = []
    /// What the overview shows.
    private(set) var top: [Int] = []
    /// For each node, the lowest part that it is in.
    private(set) var lowestPart: [Int]
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
        lowestPart = Array(repeating: 0, count: nodes.count)
        divide(by: DomainsOfNodes(graph, ends).domains)
        for number in parts.indices {
            for child in parts[number].children { parts[child].parent = number }
            guard parts[number].children.isEmpty else { continue }
            for node in parts[number].nodes { lowestPart[node] = number }
        }
    }

    /// A part, what that is a part of, and so on to the top.
    func lineage(of part: Int) -> [Int] {
        var lineage = [part]
        while let parent = parts[lineage[lineage.count - 1]].parent { lineage.append(parent) }
        return lineage
    }

    /// Every part before its own parts.
    var preorder: [Int] {
        var order: [Int] = []
        var waiting = Array(top.reversed())
        while let part = waiting.popLast() {
            order.append(part)
            waiting += parts[part].children.reversed()
        }
        return order
    }

    // MARK: - Cutting

    /// Other parts need room in each picture, too.
    private var memberLimit: Int { limit * 3 / 4 }

    /// Boxes that stand for much have many arrows: half as many of them make a picture.
    private var partLimit: Int { max(3, limit / 2) }

    /// Below Mermaid's own limit, with room for arrows to other parts.
    private static let maximumEdgesWithin = DiagramFailure.maximumEdges * 2 / 3

    private mutating func divide(by domains: [String?]) {
        var degree = Array(repeating: 0, count: nodes.count)
        var edges: [String: [(source: Int, target: Int)]] = [:]
        for (source, target) in ends {
            degree[source] += 1
            degree[target] += 1
            guard domains[source] == domains[target] else { continue }
            edges[domains[source] ?? "", default: []].append((source, target))
        }
        let groups = Dictionary(grouping: nodes.indices) { domains[$0] ?? "" }
        for (domain, members) in groups.sorted(by: { $0.key < $1.key }) {
            let edges = edges[domain] ?? []
            guard domain.isEmpty || members.count > memberLimit || edges.count > Self.maximumEdgesWithin else {
                top.append(addPart(domain, members))
                continue
            }
            let prefix = domain.isEmpty ? "around" : "\(domain), around"
            let name = domain.isEmpty ? "" : unique(domain)
            var communities = communities(of: members, edges, limit: memberLimit)
                .map { addPart("\(prefix) \(hub(of: $0, degree))", $0) }
            communities.sort { parts[$0].name < parts[$1].name }
            if domain.isEmpty {
                top += communities
            } else {
                top.append(addGroup(name, gathered(communities, atMost: partLimit)))
            }
        }
        // People know their domains: as long as there is room, each is a box of its own.
        top = gathered(top, atMost: domains.contains { $0 != nil } ? limit : partLimit)
        top.sort { parts[$0].name < parts[$1].name }
    }

    /// - Parameter edges: Those between members.
    private func communities(of members: [Int], _ edges: [(source: Int, target: Int)], limit: Int) -> [[Int]] {
        let positions = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0) })
        let groups = Communities.groups(
            of: members.count, edges: edges.map { (positions[$0.source] ?? 0, positions[$0.target] ?? 0) },
            limit: limit)
        var communities = Array(repeating: [Int](), count: (groups.max() ?? -1) + 1)
        for (position, group) in groups.enumerated() { communities[group].append(members[position]) }
        // Where everything talks with everything, fewer nodes have too many edges already.
        return communities.enumerated().flatMap { group, community -> [[Int]] in
            let inside = edges.filter { ends in
                groups[positions[ends.source] ?? 0] == group && groups[positions[ends.target] ?? 0] == group
            }
            guard inside.count > Self.maximumEdgesWithin, community.count > 4 else { return [community] }
            return self.communities(of: community, inside, limit: (community.count + 1) / 2)
        }
    }

    /// The service with the most edges among the members; a channel where there is no service.
    private func hub(of members: [Int], _ degree: [Int]) -> String {
        let best = members.max { left, right in
            let rank = { (node: Int) in (nodes[node].isService ? 1 : 0, degree[node], -node) }
            return rank(left) < rank(right)
        }
        return best.map { nodes[$0].name } ?? ""
    }

    // MARK: - Gathering

    /// Parts of parts, until there are few enough to stand beside each other.
    private mutating func gathered(_ parts: [Int], atMost limit: Int) -> [Int] {
        var gathered = parts
        while gathered.count > limit { gathered = gatheredOnce(gathered) }
        return gathered
    }

    private mutating func gatheredOnce(_ siblings: [Int]) -> [Int] {
        var place = Array(repeating: -1, count: nodes.count)
        for (position, part) in siblings.enumerated() {
            for node in parts[part].nodes { place[node] = position }
        }
        let edges = ends.compactMap { ends -> (Int, Int)? in
            let (source, target) = (place[ends.source], place[ends.target])
            return source < 0 || target < 0 ? nil : (source, target)
        }
        // As many groups as there are parts in each: neither the picture above nor those below have many.
        var side = 2
        while side * side < siblings.count { side += 1 }
        let groups = Communities.groups(of: siblings.count, edges: edges, limit: min(side, partLimit))
        var members = Array(repeating: [Int](), count: (groups.max() ?? -1) + 1)
        for (position, group) in groups.enumerated() { members[group].append(siblings[position]) }
        return members.map { members in
            guard members.count > 1 else { return members[0] }
            let largest = members.max {
                (parts[$0].services, parts[$1].name) < (parts[$1].services, parts[$0].name)
            }
            let name = largest.map { parts[$0].name } ?? ""
            return addGroup(unique("\(name) and \(counted(members.count - 1, "more part"))"), members)
        }
    }

    // MARK: - Parts

    private mutating func addPart(_ name: String, _ members: [Int]) -> Int {
        let services = members.count { nodes[$0].isService }
        parts.append(
            Part(name: unique(name), nodes: members, services: services, channels: members.count - services))
        return parts.count - 1
    }

    private mutating func addGroup(_ name: String, _ children: [Int]) -> Int {
        parts.append(
            Part(
                name: name, children: children.sorted { parts[$0].name < parts[$1].name },
                nodes: children.flatMap { parts[$0].nodes }.sorted(),
                services: children.reduce(0) { $0 + parts[$1].services },
                channels: children.reduce(0) { $0 + parts[$1].channels }))
        return parts.count - 1
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
}

extension DiagramNode {
    var isService: Bool { if case .service = self { true } else { false } }
}
