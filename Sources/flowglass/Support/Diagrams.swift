import CatalogModel
import Dashboard
import DiagramExport
import FlowMatching
import Foundation
import TraceModel
import TraceStore

/// Mermaid diagrams of a catalog and of what its store has seen.
struct Diagrams {
    struct Diagram {
        var title: String
        var text: String
        /// Where it goes when somebody saves it.
        var fileName: String
    }

    let catalog: Catalog
    /// Nil where there are no spans to draw.
    let reader: SpanStoreReader?

    /// The system (an overview of its parts where it is too large), or what lies `depth` hops around one service or
    /// channel.
    func flowchart(focus: String?, depth: Int) throws -> Diagram {
        let observed = try commandResult { try reader?.edges(.all, now: currentTime()) ?? [] }
        let system = ExportedSystem(catalog: catalog, graph: FlowGraph(catalog: catalog, observed: observed))
        var settings = ExportSettings()
        settings.title = focus ?? system.title
        if let focus { settings.scope = .focus(focus, depth: depth, toward: .both) }
        return try diagram(settings.title, fileName: focus ?? "system") { () throws(DiagramFailure) in
            try MermaidExport.pages(system, settings).first?.text ?? ""
        }
    }

    /// What the dashboard asks to see.
    func diagram(of focus: DiagramFocus) throws -> Diagram {
        switch focus {
        case .system: return try flowchart(focus: nil, depth: 1)
        case .node(let node): return try flowchart(focus: node.name, depth: 1)
        case .flow(let name): return try flow(name)
        case .conversation(let id): return try sequence(id)
        }
    }

    /// A flow of the catalog, step by step.
    func flow(_ name: String) throws -> Diagram {
        guard let flow = catalog.flow(named: name) else {
            throw CommandFailure(
                "there is no flow '\(name)'" + suggestion(for: name, among: catalog.flows.map(\.name)))
        }
        return try diagram(name, fileName: name) { () throws(DiagramFailure) in
            try MermaidFlow(flow: flow, catalog: catalog).render()
        }
    }

    /// A conversation, hop by hop.
    func sequence(_ id: String) throws -> Diagram {
        guard let reader, let conversation = try commandResult({ try reader.conversation(id) }) else {
            throw CommandFailure("no span in the store belongs to '\(id)'")
        }
        let sequence = MermaidSequence(conversation: conversation, catalog: catalog)
        return try diagram(id, fileName: id) { () throws(DiagramFailure) in try sequence.render() }
    }

    private func diagram(
        _ title: String, fileName: String, _ render: () throws(DiagramFailure) -> String
    ) throws -> Diagram {
        do throws(DiagramFailure) {
            return Diagram(title: title, text: try render(), fileName: FileNames.slug(of: fileName) + ".mmd")
        } catch {
            throw CommandFailure(error.description)
        }
    }
}
