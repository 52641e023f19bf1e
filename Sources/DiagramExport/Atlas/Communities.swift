/// Groups that talk more among themselves than with others, none larger than a limit.
///
/// Agglomeration by modularity (Clauset, Newman and Moore, 2004) with bounded groups: in each round, two groups join that
/// are each other's best partner, as long as that makes more edges stay inside than chance would. The same for the same
/// graph; ties go to the lower number.
struct Communities {
    private var size: [Int]
    private var degree: [Int]
    private var links: [[Int: Int]]
    private var root: [Int]
    private let limit: Int
    private var totalDegree: Int { edgeCount * 2 }
    private var edgeCount = 0

    /// The group of each node, numbered from 0 in the order of their first members.
    /// - Complexity: O(limit × edges) at worst.
    static func groups(of count: Int, edges: [(Int, Int)], limit: Int) -> [Int] {
        var communities = Communities(count, edges, limit: max(1, limit))
        while communities.joinBestPartners() {}
        communities.packRemainders()
        return communities.numbered
    }

    private init(_ count: Int, _ edges: [(Int, Int)], limit: Int) {
        self.limit = limit
        size = Array(repeating: 1, count: count)
        degree = Array(repeating: 0, count: count)
        links = Array(repeating: [:], count: count)
        root = Array(0..<count)
        for (from, to) in edges where from != to {
            links[from][to, default: 0] += 1
            links[to][from, default: 0] += 1
            degree[from] += 1
            degree[to] += 1
            edgeCount += 1
        }
    }

    private mutating func joinBestPartners() -> Bool {
        var best: [Int: Int] = [:]
        for group in size.indices where root[group] == group { best[group] = bestPartner(of: group) }
        var hasJoined = false
        for (group, partner) in best.sorted(by: { $0.key < $1.key }) where group < partner && best[partner] == group {
            join(group, partner)
            hasJoined = true
        }
        return hasJoined
    }

    private func bestPartner(of group: Int) -> Int? {
        var best: (partner: Int, score: Int)?
        for (partner, weight) in links[group] where size[group] + size[partner] <= limit {
            // The gain of modularity, without the divisor that all gains share.
            let score = totalDegree * weight - degree[group] * degree[partner]
            guard score > 0 else { continue }
            if let known = best, known.score > score || (known.score == score && known.partner < partner) { continue }
            best = (partner, score)
        }
        return best?.partner
    }

    private mutating func join(_ group: Int, _ other: Int) {
        root[other] = group
        size[group] += size[other]
        degree[group] += degree[other]
        for (partner, weight) in links[other] where partner != group {
            links[group][partner, default: 0] += weight
            links[partner][group, default: 0] += weight
            links[partner][other] = nil
        }
        links[group][other] = nil
        links[other] = [:]
    }

    /// Groups that found no partner with room share one, neighbours of the same group together.
    private mutating func packRemainders() {
        let small = size.indices.filter { root[$0] == $0 && size[$0] * 2 <= limit }
        let ordered = small.map { (neighbour: strongestNeighbour(of: $0), group: $0) }.sorted { $0 < $1 }
        var bin: Int?
        for (_, group) in ordered {
            if let open = bin, size[open] + size[group] <= limit {
                join(min(open, group), max(open, group))
                bin = min(open, group)
            } else {
                bin = group
            }
        }
    }

    private func strongestNeighbour(of group: Int) -> Int {
        links[group].max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? .max
    }

    private var numbered: [Int] {
        var numbers: [Int: Int] = [:]
        return root.indices.map { node in
            var top = node
            while root[top] != top { top = root[top] }
            if let known = numbers[top] { return known }
            numbers[top] = numbers.count
            return numbers.count - 1
        }
    }
}
