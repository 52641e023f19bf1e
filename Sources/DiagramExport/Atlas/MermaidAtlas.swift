public import FlowMatching
import TraceModel

/// A flow graph of any size as Mermaid flowcharts: one where it fits, else an overview and one for each part.
///
/// In the picture of a part, other parts that it talks with are one node each, so that every edge is in some picture.
public struct MermaidAtlas: Sendable {
    /// One picture of an atlas.
    public struct Page: Sendable, Equatable {
        /// `overview`, `payments`: unique within the atlas.
        public var name: String
        /// 0 for the overview, 1 for what it is made of, 2 for parts of those.
        public var depth = 0
        public var text: String
        /// The pages of what this is made of, in order.
        public var parts: [String]
        /// The pages of what is drawn as one node beside it.
        public var others: [String] = []
        /// Services and channels at the bottom.
        var members: [DiagramNode] = []
        public var services: Int
        public var channels: Int
    }

    public var graph: FlowGraph
    public var options: MermaidFlowchart.Options

    /// Pictures with more nodes than this are for nobody.
    public static let defaultMaximumNodes = 40

    /// - Parameter options: The scope's part of the graph must be given as `graph`.
    public init(graph: FlowGraph, options: MermaidFlowchart.Options = MermaidFlowchart.Options()) {
        self.graph = graph
        self.options = options
    }

    private var limit: Int { options.maximumNodes ?? Self.defaultMaximumNodes }

    /// The pages, the overview or the only one first, then each part before its own parts.
    /// - Throws: where names are so long that even a part is larger than Mermaid draws.
    public func pages() throws(DiagramFailure) -> [Page] {
        if let page = try onlyPage() { return [page] }
        let division = Division(graph, limit: limit)
        return try AtlasWriter(graph: graph, division: division, options: options, limit: limit).pages()
    }

    /// All in one picture; nil where it is too much for people or for Mermaid.
    private func onlyPage() throws(DiagramFailure) -> Page? {
        // Of a large system, no picture is planned to be thrown away.
        var ends: Set<DiagramNode> = []
        for edge in graph.edges {
            ends.formUnion([edge.source, edge.target])
            if ends.count > limit { return nil }
        }
        var plan = FlowchartPlan(graph)
        plan.title = options.title.isEmpty ? "Who publishes, who subscribes" : options.title
        plan.marksUndocumented = options.marksUndocumented
        guard plan.services.count + plan.channels.count <= limit,
            plan.arrows.count <= DiagramFailure.maximumEdges,
            let text = try? FlowchartWriter.render(plan, options)
        else { return nil }
        return Page(
            name: "overview", text: text, parts: [], services: plan.services.count, channels: plan.channels.count)
    }
}
