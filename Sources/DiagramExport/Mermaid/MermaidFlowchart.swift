public import CatalogModel
public import FlowMatching
import TraceModel

/// A flow graph as a Mermaid flowchart: who publishes, who subscribes, who calls whom.
///
/// Services are boxes, what stands outside the system is round, topics are hexagons and queues cylinders, within frames
/// for domains and brokers. Calls are thick arrows, messages thin ones; what no catalog mentions is dashed, and says so;
/// what is documented but was not seen is grey, and says so, when there are observations at all.
///
/// The text keeps to what Mermaid 10.5 to 11.17 understand alike, and is the same for equal graphs.
public struct MermaidFlowchart: Sendable {
    /// What is drawn, and how.
    public struct Options: Sendable, Equatable {
        /// The heading; empty for one that says what is drawn.
        public var title: String
        public var scope: ExportScope
        /// Which way arrows run.
        public var direction: Direction
        /// Whether a legend explains shapes and arrows.
        public var hasLegend: Bool
        public var frames: DiagramFrames
        /// Whether nodes link to repositories and pages. GitHub shows diagrams where links lead nowhere.
        public var hasLinks = true
        /// Whether there is a catalog to compare with, so that being undocumented says something.
        public var marksUndocumented = true
        /// Around a focus, and of a blast radius, more nodes than this are left out, the farthest first; nil draws all.
        public var maximumNodes: Int?
        /// What the names of parts end in where their pages are linked: `.md`; nil for no links.
        public var pageSuffix: String?

        public init(
            title: String = "", scope: ExportScope = .system, direction: Direction = .leftToRight,
            hasLegend: Bool = true, frames: DiagramFrames = .both
        ) {
            self.title = title
            self.scope = scope
            self.direction = direction
            self.hasLegend = hasLegend
            self.frames = frames
        }

        /// What lies around a service or a channel.
        public init(title: String = "", focus: String, depth: Int = 1, direction: Direction = .leftToRight) {
            self.init(title: title, scope: .focus(focus, depth: depth, toward: .both), direction: direction)
        }
    }

    public enum Direction: String, Sendable, CaseIterable {
        case leftToRight = "LR"
        case topDown = "TD"
    }

    public var graph: FlowGraph
    /// Where the flows of a scope come from.
    public var catalog: Catalog
    public var options: Options
    /// The same graph with its index, where more than one picture is drawn of it.
    var index: GraphIndex?

    public init(graph: FlowGraph, catalog: Catalog = Catalog(), options: Options = Options()) {
        self.graph = graph
        self.catalog = catalog
        self.options = options
    }

    /// The diagram's text, with a newline at its end.
    /// - Throws: where the scope names nothing, or the diagram is larger than Mermaid draws.
    public func render() throws(DiagramFailure) -> String {
        try FlowchartWriter.render(try plan(), options)
    }

    func plan() throws(DiagramFailure) -> FlowchartPlan {
        switch options.scope {
        case .focus(let name, let depth, let toward):
            let index = self.index ?? GraphIndex(graph)
            guard let nodes = index.surroundings(of: name, depth: depth, toward: toward) else {
                throw .unknown(.node, name, among: graph.services.map(\.name) + graph.channels.map(\.name))
            }
            return plan(index.narrowed(to: nearest(nodes)), of: nodes)
        case .blastRadius(let origin):
            let blast = BlastPart(of: origin, in: graph, catalog)
            var plan = plan(blast.graph.narrowed(to: Set(nearest(blast.nodes))), of: blast.nodes)
            blast.mark(&plan)
            return plan
        case .flow(let name):
            guard let flow = catalog.flow(named: name) else {
                throw .unknown(.flow, name, among: catalog.flows.map(\.name))
            }
            let edges = FlowEdges(of: flow, in: graph)
            var plan = plan(graph.narrowed(toEdges: edges.edges))
            plan.number(edges)
            return plan
        case .system, .domain: return plan(try graph.part(options.scope, of: catalog))
        }
    }

    /// - Parameter nodes: All that could be drawn.
    private func plan(_ part: FlowGraph, of nodes: [DiagramNode] = []) -> FlowchartPlan {
        var plan = FlowchartPlan(part, focus: focus)
        let services = nodes.count(where: \.isService)
        plan.addNote(
            services: max(0, services - part.services.count),
            channels: max(0, nodes.count - services - part.channels.count), "further away")
        plan.title = title
        plan.hasObservations = index?.isObserved ?? graph.edges.contains(where: \.isObserved)
        plan.marksUndocumented = options.marksUndocumented
        return plan
    }

    private func nearest(_ nodes: [DiagramNode]) -> ArraySlice<DiagramNode> {
        nodes.prefix(options.maximumNodes ?? .max)
    }

    private var focus: String? { if case .focus(let name, _, _) = options.scope { name } else { nil } }

    var title: String {
        if !options.title.isEmpty { return options.title }
        return switch options.scope {
        case .system: "Who publishes, who subscribes"
        case .domain(let domain): "The domain \(domain)"
        case .focus(let name, _, _): "Around \(name)"
        case .blastRadius(let origin): "When \(origin.name) stops"
        case .flow(let name): catalog.flow(named: name)?.documentation.title ?? name
        }
    }
}

extension FlowchartPlan {
    /// Writes the numbers of the steps on the arrows that they take.
    fileprivate mutating func number(_ flow: FlowEdges) {
        let numbers = Dictionary(
            flow.numbers.map { (FlowchartArrow.Ends(source: $0.source, target: $0.target, isCall: false), $1) },
            uniquingKeysWith: { first, _ in first })
        for index in arrows.indices {
            let ends = FlowchartArrow.Ends(source: arrows[index].source, target: arrows[index].target, isCall: false)
            guard let steps = numbers[ends] else { continue }
            arrows[index].details.insert(steps.map(String.init).joined(separator: ", "), at: 0)
        }
    }
}
