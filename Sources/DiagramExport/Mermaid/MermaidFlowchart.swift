public import FlowMatching
import SourceDiagnostics
import TraceModel

/// A flow graph as a Mermaid flowchart: who publishes, who subscribes, who calls whom.
///
/// Services are boxes, what stands outside the system is round, topics are hexagons and queues cylinders, within a frame
/// for each broker. Calls are thick arrows, messages thin ones; what no catalog mentions is dashed, and says so; what is
/// documented but was not seen is grey, and says so, when there are observations at all.
///
/// The text keeps to what Mermaid 10.5 to 11.17 understand alike, and is the same for equal graphs.
public struct MermaidFlowchart: Sendable {
    /// What is drawn, and how.
    public struct Options: Sendable, Equatable {
        /// The heading.
        public var title: String
        /// A service or a channel: only what lies around it is drawn.
        public var focus: String?
        /// How many hops around the focus; at least 0.
        public var depth: Int
        /// Which way arrows run.
        public var direction: Direction
        /// Whether a legend explains shapes and arrows.
        public var hasLegend: Bool

        public init(
            title: String = "", focus: String? = nil, depth: Int = 1, direction: Direction = .leftToRight,
            hasLegend: Bool = true
        ) {
            self.title = title
            self.focus = focus
            self.depth = depth
            self.direction = direction
            self.hasLegend = hasLegend
        }
    }

    public enum Direction: String, Sendable, CaseIterable {
        case leftToRight = "LR"
        case topDown = "TD"
    }

    public var graph: FlowGraph
    public var options: Options

    public init(graph: FlowGraph, options: Options = Options()) {
        self.graph = graph
        self.options = options
    }

    /// The diagram's text, with a newline at its end.
    /// - Throws: where the focus names nothing, or the diagram is larger than Mermaid draws.
    public func render() throws(DiagramFailure) -> String {
        var part = FlowGraphPart(all: graph)
        if let focus = options.focus {
            guard let around = FlowGraphPart(of: graph, around: focus, depth: options.depth) else {
                let names = graph.services.map(\.name) + graph.channels.map(\.name)
                var suggester = NameSuggester(names)
                throw .unknownName(focus, similar: suggester.nearest(to: focus))
            }
            part = around
        }
        let writer = FlowchartWriter(graph: graph, part: part, options: options)
        guard writer.edgeCount <= DiagramFailure.maximumEdges else { throw .tooManyEdges(writer.edgeCount) }
        let document = writer.document()
        guard document.length <= DiagramFailure.maximumCharacters else { throw .tooLong(characters: document.length) }
        return document.text
    }
}
