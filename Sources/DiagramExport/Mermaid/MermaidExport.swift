import CatalogModel
import FlowMatching
import TraceModel

/// Mermaid: flowcharts, divided where one would be too large, sequence and state diagrams.
public struct MermaidExport: ExportFormat {
    public let name = "mermaid"
    public let summary = "diagrams that GitHub, GitLab and many editors draw"

    public init() {}

    public func export(
        _ system: ExportedSystem, _ settings: ExportSettings
    ) throws(DiagramFailure) -> [ExportedFile] {
        switch settings.picture {
        case .flowchart:
            let pages = try Self.pages(system, settings)
            guard pages.count > 1 else { return pages.map { ExportedFile(path: "", text: $0.text) } }
            return AtlasFiles(pages: pages, title: settings.title.isEmpty ? system.title : settings.title).files
        case .part(let name):
            let pages = try Self.pages(system, settings)
            guard let page = pages.first(where: { $0.name == name }) else {
                throw .unknown(.part, name, among: pages.map(\.name))
            }
            return [ExportedFile(path: "", text: page.text)]
        case .sequence(let name):
            guard let flow = system.catalog.flow(named: name) else {
                throw .unknown(.flow, name, among: system.catalog.flows.map(\.name))
            }
            return [ExportedFile(path: "", text: try MermaidFlow(flow: flow, catalog: system.catalog).render())]
        case .conversation(let conversation):
            let sequence = MermaidSequence(
                conversation: conversation, catalog: system.catalog,
                title: settings.title.isEmpty ? Self.title(of: conversation, in: system) : settings.title)
            return [ExportedFile(path: "", text: try sequence.render())]
        case .life(let name):
            let life = MermaidLife(of: name, catalog: system.catalog, graph: system.graph)
            return [ExportedFile(path: "", text: try life.render())]
        }
    }

    /// `콘서트 예매, 4809cc27-…`: the flow that it is, and its id.
    private static func title(of conversation: Conversation, in system: ExportedSystem) -> String {
        let matcher = FlowMatcher(catalog: system.catalog, graph: system.graph)
        let flow = matcher.progress(of: conversation).flatMap { system.catalog.flow(named: $0.flow) }
        return [flow.map { $0.documentation.title ?? $0.name }, conversation.id].compactMap(\.self)
            .joined(separator: ", ")
    }

    /// The pictures of a scope: one, or an overview and its parts. What lies around a focus is always one.
    public static func pages(
        _ system: ExportedSystem, _ settings: ExportSettings
    ) throws(DiagramFailure) -> [MermaidAtlas.Page] {
        var options = settings.flowchartOptions
        let chart = MermaidFlowchart(graph: system.graph, catalog: system.catalog, options: options)
        switch settings.scope {
        case .focus, .flow, .blastRadius:
            let plan = try chart.plan()
            let text = try FlowchartWriter.render(plan, options)
            return [
                MermaidAtlas.Page(
                    name: "overview", text: text, parts: [], services: plan.services.count,
                    channels: plan.channels.count)
            ]
        case .system, .domain:
            options.title = settings.scope == .system && settings.title.isEmpty ? system.title : chart.title
            options.pageSuffix = ".mmd"
            return try MermaidAtlas(
                graph: try system.graph.part(settings.scope, of: system.catalog), options: options
            ).pages()
        }
    }
}
