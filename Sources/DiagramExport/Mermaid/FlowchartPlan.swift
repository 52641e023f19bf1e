import CatalogModel
import FlowMatching
import SourceDiagnostics
import TraceModel

/// What one flowchart shows: nodes in reading order, arrows, and what its legend must say.
struct FlowchartPlan {
    var title = ""
    var services: [ServiceNode] = []
    var channels: [ChannelNode] = []
    /// Parts of the system, each drawn as one node.
    var parts: [Part] = []
    var arrows: [FlowchartArrow] = []
    /// What the picture leaves out, for the legend.
    var notes: [String] = []
    /// Nodes whose look says something else than what they are.
    var marks: [DiagramNode: FlowchartStyle] = [:]
    /// A line below the name.
    var captions: [DiagramNode: String] = [:]
    /// Whether spans were seen at all, so that their absence says something.
    var hasObservations = false
    var marksUndocumented = true
    var focus: String?

    struct Part {
        var name: String
        /// Below the name: what is in it.
        var summary: String
        /// A page that shows it.
        var link: String?
        /// Not of what is drawn, but what that talks with.
        var isBeside = false
        /// What it is called here; nil for its name.
        var label: String?
    }

    init() {}

    /// A graph without the things that no arrow leads to or from: a picture of arrows has no place for them. The focus
    /// has one even so.
    init(_ graph: FlowGraph, focus: String? = nil) {
        self.focus = focus
        arrows = FlowchartArrow.arrows(of: graph.edges)
        hasObservations = graph.edges.contains(where: \.isObserved)
        let order = ReadingOrder(graph)
        let ends = Set(arrows.flatMap { [$0.source, $0.target] })
        let isDrawn = { (node: DiagramNode) in ends.isEmpty || ends.contains(node) || node.name == focus }
        services = graph.services.sorted(by: order.isBefore).filter { isDrawn(.service($0.name)) }
        channels = graph.channels.filter { isDrawn(.channel($0.name)) }
        addNote(
            services: graph.services.count - services.count, channels: graph.channels.count - channels.count,
            "without arrows")
    }

    /// `not drawn: 1 service and 4 channels without arrows`
    mutating func addNote(services: Int, channels: Int, _ reason: String) {
        let counts = [(services, "service"), (channels, "channel")].filter { $0.0 > 0 }.map { counted($0.0, $0.1) }
        if !counts.isEmpty { notes.append("not drawn: \(counts.joined(separator: " and ")) \(reason)") }
    }

    var description: String {
        var counts = [(services.count, "service"), (channels.count, "channel"), (arrows.count, "arrow")]
        if !parts.isEmpty { counts = [(parts.count, "part")] + counts.filter { $0.0 > 0 } }
        return counts.map { counted($0.0, $0.1) }.joined(separator: ", ")
    }
}
