public import CatalogModel
public import FlowMatching
public import TraceModel

/// One format that a system is exported to.
public protocol ExportFormat: Sendable {
    /// What `flowglass export` calls it.
    var name: String { get }
    /// One line for people: what comes out.
    var summary: String { get }
    /// The export's files; a single one without a path is just a text.
    func export(_ system: ExportedSystem, _ settings: ExportSettings) throws(DiagramFailure) -> [ExportedFile]
}

/// Every format, by name. A new one is a file beside these and a line here.
public let exportFormats: [any ExportFormat] = [
    AsyncAPIExport(),
    BackstageExport(),
    CSVExport(),
    DOTExport(),
    JSONExport(),
    MarkdownExport(),
    MermaidExport(),
]

/// The format of that name.
public func exportFormat(named name: String) -> (any ExportFormat)? { exportFormats.first { $0.name == name } }

/// What is exported: the catalog, and the graph of what it says and what was observed.
public struct ExportedSystem: Sendable {
    public var catalog: Catalog
    public var graph: FlowGraph

    public init(catalog: Catalog, graph: FlowGraph) {
        self.catalog = catalog
        self.graph = graph
    }

    /// The system's name for people.
    public var title: String { catalog.about.title ?? "Who publishes, who subscribes" }
}

/// What of the system is exported, and how. A format takes what it has a use for.
public struct ExportSettings: Sendable {
    public var scope = ExportScope.system
    /// Which picture a diagram is.
    public var picture = Picture.flowchart
    /// The heading; empty for one that says what is shown.
    public var title = ""
    public var direction = MermaidFlowchart.Direction.leftToRight
    public var frames = DiagramFrames.both
    public var hasLegend = true
    public var hasLinks = true
    public var marksUndocumented = true
    public var maximumNodes = MermaidAtlas.defaultMaximumNodes
    /// Only this service, where a format has a file for each.
    public var service: String?
    /// Cells of a table as they are, even where a spreadsheet would run them as formulas.
    public var isRaw = false

    public init() {}

    public enum Picture: Sendable, Equatable {
        case flowchart
        /// One part of a system that is too large for one flowchart.
        case part(String)
        /// A flow, step by step.
        case sequence(flow: String)
        case conversation(Conversation)
        /// What becomes of a message or of what a channel carries.
        case life(String)
    }

    public var flowchartOptions: MermaidFlowchart.Options {
        var options = MermaidFlowchart.Options(
            title: title, scope: scope, direction: direction, hasLegend: hasLegend, frames: frames)
        options.hasLinks = hasLinks
        options.marksUndocumented = marksUndocumented
        options.maximumNodes = maximumNodes
        return options
    }
}
