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
    /// For each part, the indexes of the edges that touch it.
    private let edgesOfPart: [[Int]]
    private let fileNames: [String: String]

    init(graph: FlowGraph, division: Division, options: MermaidFlowchart.Options, limit: Int) {
        self.graph = graph
        self.division = division
        self.options = options
        self.limit = limit
        hasObservations = graph.edges.contains(where: \.isObserved)
        let lineages = division.parts.indices.map(division.lineage)
        var edges = Array(repeating: [Int](), count: division.parts.count)
        for (index, ends) in division.ends.enumerated() {
            let (source, target) = (division.lowestPart[ends.source], division.lowestPart[ends.target])
            for part in lineages[source] { edges[part].append(index) }
            for part in lineages[target] where edges[part].last != index { edges[part].append(index) }
        }
        edgesOfPart = edges
        fileNames = AtlasFiles.names(of: ["overview"] + division.preorder.map { division.parts[$0].name })
    }

    /// The overview, and each part before its own parts.
    func pages() throws(DiagramFailure) -> [MermaidAtlas.Page] {
        var pages = [try overview()]
        for part in division.preorder { pages.append(try page(part)) }
        return pages
    }

    private func overview() throws(DiagramFailure) -> MermaidAtlas.Page {
        var plan = emptyPlan(options.title.isEmpty ? "Overview" : options.title)
        plan.parts = division.top.map { box($0) }
        let view = AtlasView(of: nil, in: division, showing: .max)
        plan.arrows = arrows(Array(graph.edges.indices), view)
        return try page(
            "overview", &plan, depth: 0, parts: division.top, services: graph.services.count,
            channels: graph.channels.count)
    }

    /// The page of one part: its members, and the other parts that they talk with.
    private func page(_ number: Int) throws(DiagramFailure) -> MermaidAtlas.Page {
        let part = division.parts[number]
        let edges = edgesOfPart[number]
        let members = part.children.isEmpty ? part.nodes.count : part.children.count
        var room = max(1, limit - members - 1)
        var view = AtlasView(of: number, in: division, edges, showing: room)
        var arrows = arrows(edges, view)
        // Too many arrows to too many places: what is far becomes one place.
        while arrows.count > Self.fairArrows(members + view.others.count), room > 0, part.children.isEmpty {
            room /= 2
            view = AtlasView(of: number, in: division, edges, showing: room)
            arrows = self.arrows(edges, view)
        }
        var plan = emptyPlan(part.name)
        if part.children.isEmpty { addMembers(of: number, &plan, arrows) }
        let others = view.others.sorted { division.parts[$0].name < division.parts[$1].name }
        plan.parts = part.children.map { box($0) } + others.map { box($0, isBeside: true) }
        plan.parts.append(
            FlowchartPlan.Part(
                name: AtlasView.remaining, summary: room > 0 ? "with fewer edges to here" : "", isBeside: true))
        plan.arrows = arrows
        var page = try self.page(
            part.name, &plan, depth: division.lineage(of: number).count, parts: part.children,
            services: part.services, channels: part.channels)
        page.others = others.map { division.parts[$0].name }
        page.members = part.children.isEmpty ? part.nodes.map { division.nodes[$0] } : []
        return page
    }

    // MARK: - Parts of pages

    private func addMembers(of number: Int, _ plan: inout FlowchartPlan, _ arrows: [FlowchartArrow]) {
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
            services: inside.services.count - plan.services.count,
            channels: inside.channels.count - plan.channels.count, "without arrows")
    }

    /// The members of a lowest part, and the edges between them.
    private func insideGraph(_ number: Int) -> FlowGraph {
        var inside = FlowGraph()
        for node in division.parts[number].nodes {
            if node < graph.services.count {
                inside.services.append(graph.services[node])
            } else {
                inside.channels.append(graph.channels[node - graph.services.count])
            }
        }
        inside.edges = edgesOfPart[number].filter { index in
            let ends = division.ends[index]
            return division.lowestPart[ends.source] == number && division.lowestPart[ends.target] == number
        }.map { graph.edges[$0] }
        return inside
    }

    private func arrows(_ edges: [Int], _ view: AtlasView) -> [FlowchartArrow] {
        FlowchartArrow.arrows(of: graph.edges, edges, node: view.node) { index in
            let ends = division.ends[index]
            let (source, target) = (view.place(of: ends.source), view.place(of: ends.target))
            return source == target && view.isPart(source) ? nil : (source, target)
        }
    }

    private func box(_ number: Int, isBeside: Bool = false) -> FlowchartPlan.Part {
        let part = division.parts[number]
        let summary = [(part.services, "service"), (part.channels, "channel")].filter { $0.0 > 0 }
            .map { counted($0.0, $0.1) }.joined(separator: ", ")
        // On the page of `order`, `order, around billing` is what is around billing.
        let prefix = part.parent.map { division.parts[$0].name + ", " } ?? ""
        let isAtHome = !isBeside && !prefix.isEmpty && part.name.hasPrefix(prefix)
        return FlowchartPlan.Part(
            name: part.name, summary: summary,
            link: options.pageSuffix.flatMap { suffix in fileNames[part.name].map { $0 + suffix } },
            isBeside: isBeside, label: isAtHome ? String(part.name.dropFirst(prefix.count)) : nil)
    }

    private func emptyPlan(_ title: String) -> FlowchartPlan {
        var plan = FlowchartPlan()
        plan.title = title
        plan.hasObservations = hasObservations
        plan.marksUndocumented = options.marksUndocumented
        return plan
    }

    private func page(
        _ name: String, _ plan: inout FlowchartPlan, depth: Int, parts: [Int], services: Int, channels: Int
    ) throws(DiagramFailure) -> MermaidAtlas.Page {
        let own = plan.parts.count { !$0.isBeside }
        keepStrongest(
            &plan,
            atMost: plan.services.isEmpty && plan.channels.isEmpty
                ? max(24, own * 3 / 2) : DiagramFailure.maximumEdges)
        let drawn = Set(plan.arrows.flatMap { [$0.source, $0.target] })
        plan.parts.removeAll { $0.isBeside && !drawn.contains(.part($0.name)) }
        return MermaidAtlas.Page(
            name: name, depth: depth, text: try FlowchartWriter.render(plan, options),
            parts: parts.map { division.parts[$0].name }, services: services, channels: channels)
    }

    /// More than two arrows a node are a thicket.
    private static func fairArrows(_ nodes: Int) -> Int { max(60, nodes * 2) }

    /// Of too many arrows to and from parts, those that stand for the fewest edges go; each part keeps its strongest.
    private func keepStrongest(_ plan: inout FlowchartPlan, atMost most: Int) {
        let arrows = plan.arrows
        guard arrows.count > most else { return }
        let own = Set(plan.parts.filter { !$0.isBeside }.map { DiagramNode.part($0.name) })
        let isWithin = { (arrow: FlowchartArrow) in own.contains(arrow.source) && own.contains(arrow.target) ? 1 : 0 }
        let loose = arrows.indices.filter { arrows[$0].source.isPart || arrows[$0].target.isPart }
        // What is within is what the page is about.
        let strongest = loose.sorted {
            (isWithin(arrows[$0]), arrows[$0].count, -$0) > (isWithin(arrows[$1]), arrows[$1].count, -$1)
        }
        var connected: Set<DiagramNode> = []
        let first = strongest.filter { index in
            [arrows[index].source, arrows[index].target].count { own.contains($0) && connected.insert($0).inserted } > 0
        }
        let room = most - (arrows.count - loose.count)
        var kept = Set(first)
        for index in strongest where kept.count < room { kept.insert(index) }
        let dropped = Set(loose).subtracting(kept)
        plan.arrows = arrows.indices.filter { !dropped.contains($0) }.map { arrows[$0] }
        plan.notes.append("not drawn: \(counted(dropped.count, "weaker arrow"))")
    }
}
