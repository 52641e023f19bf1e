import FlowMatching
import SourceDiagnostics
import TraceModel

/// Draws the pages of a divided system.
struct AtlasWriter {
    private let graph: FlowGraph
    private let division: Division
    private let options: MermaidFlowchart.Options
    private let limit: Int
    private let hasObservations: Bool
    /// For each level, the part of each node.
    private let partOfNode: [[Int]]
    /// For each level and part, the indexes of the edges that touch it.
    private let edgesOfPart: [[[Int]]]
    private let fileNames: [String: String]

    init(graph: FlowGraph, division: Division, options: MermaidFlowchart.Options, limit: Int) {
        self.graph = graph
        self.division = division
        self.options = options
        self.limit = limit
        hasObservations = graph.edges.contains(where: \.isObserved)
        partOfNode = division.levels.indices.map(division.partOfNode)
        edgesOfPart = division.levels.indices.map { [partOfNode] level in
            var edges = Array(repeating: [Int](), count: division.levels[level].count)
            for (index, ends) in division.ends.enumerated() {
                let (source, target) = (partOfNode[level][ends.source], partOfNode[level][ends.target])
                edges[source].append(index)
                if target != source { edges[target].append(index) }
            }
            return edges
        }
        fileNames = AtlasFiles.names(of: ["overview"] + division.levels.joined().map(\.name))
    }

    func overview() throws(DiagramFailure) -> MermaidAtlas.Page {
        let top = division.levels.count - 1
        let parts = division.levels[top]
        var plan = emptyPlan(options.title.isEmpty ? "Overview" : options.title)
        plan.parts = parts.map(box)
        plan.arrows = arrows(Array(graph.edges.indices)) { node in
            .part(parts[partOfNode[top][node]].name)
        }
        return try page("overview", &plan, parts: parts, services: graph.services.count, channels: graph.channels.count)
    }

    /// The page of one part: its members, and the other parts of its level that they talk with.
    func page(_ level: Int, _ number: Int) throws(DiagramFailure) -> MermaidAtlas.Page {
        let part = division.levels[level][number]
        let others = nearestOthers(level, number)
        let end = { (node: Int) -> DiagramNode in
            let home = partOfNode[level][node]
            guard home == number else {
                return .part(others.contains(home) ? division.levels[level][home].name : Self.remaining)
            }
            if level == 0 { return division.nodes[node] }
            return .part(division.levels[level - 1][partOfNode[level - 1][node]].name)
        }
        let arrows = arrows(edgesOfPart[level][number], end)
        var plan = emptyPlan(part.name)
        var below: [Division.Part] = []
        if level == 0 {
            let inside = insideGraph(number)
            let drawn = Set(arrows.flatMap { [$0.source, $0.target] })
            let order = ReadingOrder(inside)
            plan.services = inside.services.sorted(by: order.isBefore)
            plan.channels = inside.channels
            // What nobody talks with is counted, unless there is nothing else.
            if !drawn.isEmpty {
                plan.services = plan.services.filter { drawn.contains(.service($0.name)) }
                plan.channels = plan.channels.filter { drawn.contains(.channel($0.name)) }
            }
            plan.addNote(
                services: part.services - plan.services.count, channels: part.channels - plan.channels.count,
                "without arrows")
        } else {
            below = part.members.map { division.levels[level - 1][$0] }
        }
        plan.parts = below.map(box) + others.sorted().map { box(division.levels[level][$0]) }
        plan.arrows = arrows
        if arrows.contains(where: { $0.source == .part(Self.remaining) || $0.target == .part(Self.remaining) }) {
            plan.parts.append(FlowchartPlan.Part(name: Self.remaining, summary: "with fewer edges to here"))
        }
        return try page(part.name, &plan, parts: below, services: part.services, channels: part.channels)
    }

    // MARK: - Parts of pages

    /// The members of a part of the lowest level, and the edges between them.
    private func insideGraph(_ number: Int) -> FlowGraph {
        var inside = FlowGraph()
        for node in division.levels[0][number].members {
            if node < graph.services.count {
                inside.services.append(graph.services[node])
            } else {
                inside.channels.append(graph.channels[node - graph.services.count])
            }
        }
        inside.edges = edgesOfPart[0][number].filter { index in
            let ends = division.ends[index]
            return partOfNode[0][ends.source] == number && partOfNode[0][ends.target] == number
        }.map { graph.edges[$0] }
        return inside
    }

    private static let remaining = "other parts"

    /// The other parts with the most edges to this one, as many as there is room for.
    private func nearestOthers(_ level: Int, _ number: Int) -> Set<Int> {
        var weights: [Int: Int] = [:]
        for index in edgesOfPart[level][number] {
            let ends = division.ends[index]
            for node in [ends.source, ends.target] where partOfNode[level][node] != number {
                weights[partOfNode[level][node], default: 0] += 1
            }
        }
        let room = max(1, limit - division.levels[level][number].members.count - 1)
        return Set(weights.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(room).map(\.key))
    }

    private func arrows(_ edges: [Int], _ end: (Int) -> DiagramNode) -> [FlowchartArrow] {
        FlowchartArrow.arrows(
            of: edges.compactMap { index in
                let (source, target) = (end(division.ends[index].source), end(division.ends[index].target))
                return source == target && source.isPart ? nil : (source, graph.edges[index], target)
            })
    }

    private func box(_ part: Division.Part) -> FlowchartPlan.Part {
        let summary = [(part.services, "service"), (part.channels, "channel")].filter { $0.0 > 0 }
            .map { counted($0.0, $0.1) }.joined(separator: ", ")
        return FlowchartPlan.Part(
            name: part.name, summary: summary,
            link: options.pageSuffix.flatMap { suffix in fileNames[part.name].map { $0 + suffix } })
    }

    private func emptyPlan(_ title: String) -> FlowchartPlan {
        var plan = FlowchartPlan()
        plan.title = title
        plan.hasObservations = hasObservations
        plan.marksUndocumented = options.marksUndocumented
        return plan
    }

    private func page(
        _ name: String, _ plan: inout FlowchartPlan, parts: [Division.Part], services: Int, channels: Int
    ) throws(DiagramFailure) -> MermaidAtlas.Page {
        keepStrongest(&plan)
        return MermaidAtlas.Page(
            name: name, text: try FlowchartWriter.render(plan, options), parts: parts.map(\.name), services: services,
            channels: channels)
    }

    /// More than two arrows a node are a thicket: those between parts that stand for the fewest edges go.
    private func keepStrongest(_ plan: inout FlowchartPlan) {
        let nodes = plan.services.count + plan.channels.count + plan.parts.count
        let most = min(DiagramFailure.maximumEdges, max(60, nodes * 2))
        guard plan.arrows.count > most else { return }
        let isLoose = { (arrow: FlowchartArrow) in arrow.source.isPart || arrow.target.isPart }
        let weakest = plan.arrows.indices.filter { isLoose(plan.arrows[$0]) }
            .sorted { (plan.arrows[$0].count, -$0) < (plan.arrows[$1].count, -$1) }
        let dropped = Set(weakest.prefix(plan.arrows.count - most))
        plan.arrows = plan.arrows.indices.filter { !dropped.contains($0) }.map { plan.arrows[$0] }
        plan.notes.append("not drawn: \(counted(dropped.count, "weaker arrow")) between parts")
    }
}
