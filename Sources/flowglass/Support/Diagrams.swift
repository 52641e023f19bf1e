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

    /// The system, or what lies `depth` hops around one service or channel.
    func flowchart(
        focus: String?, depth: Int, direction: MermaidFlowchart.Direction = .leftToRight
    ) throws -> Diagram {
        let observed = try commandResult { try reader?.edges(.all, now: currentTime()) ?? [] }
        let title = focus ?? catalog.about.title ?? "system"
        let chart = MermaidFlowchart(
            graph: FlowGraph(catalog: catalog, observed: observed),
            options: MermaidFlowchart.Options(title: title, focus: focus, depth: depth, direction: direction))
        return try diagram(title, fileName: focus ?? "system") { () throws(DiagramFailure) in try chart.render() }
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
        let sequence = MermaidSequence(conversation: conversation, resolver: NameResolver(catalog))
        return try diagram(id, fileName: id) { () throws(DiagramFailure) in try sequence.render() }
    }

    private func diagram(
        _ title: String, fileName: String, _ render: () throws(DiagramFailure) -> String
    ) throws -> Diagram {
        do throws(DiagramFailure) {
            return Diagram(title: title, text: try render(), fileName: Self.fileName(fileName))
        } catch {
            throw CommandFailure(error.description)
        }
    }

    /// Letters, digits, dots and dashes of a name, in any script: no name leaves its folder or begins with a dot.
    private static func fileName(_ name: String) -> String {
        var slug = ""
        for character in name.prefix(60) {
            slug.append(character.isLetter || character.isNumber || character == "." ? character : "-")
        }
        while slug.hasPrefix(".") || slug.hasPrefix("-") { slug.removeFirst() }
        return (slug.isEmpty ? "diagram" : slug) + ".mmd"
    }
}
