import CatalogModel
import FlowMatching
import SourceDiagnostics
import TraceModel

/// JSON: the graph as nodes and edges, for scripts and other drawing tools.
public struct JSONExport: ExportFormat {
    public let name = "json"
    public let summary = "the graph as nodes and edges, for scripts"

    public init() {}

    public func export(
        _ system: ExportedSystem, _ settings: ExportSettings
    ) throws(DiagramFailure) -> [ExportedFile] {
        let graph = try system.graph.part(settings.scope, of: system.catalog)
        let value = JSONValue.object([
            ("system", system.catalog.about.title.map { .string($0) } ?? .null),
            ("services", .array(graph.services.map(Self.service))),
            ("channels", .array(graph.channels.map(Self.channel))),
            ("edges", .array(graph.edges.map(Self.edge))),
            (
                "flows",
                .array(
                    system.catalog.flows.map { flow in
                        .object([
                            ("name", .string(flow.name)), ("title", Self.text(flow.documentation.title)),
                            ("owner", Self.text(flow.documentation.owner)),
                            ("steps", .array(flow.steps.map { .string($0.sentence) })),
                        ])
                    })
            ),
        ])
        return [ExportedFile(path: "", text: value.text() + "\n")]
    }

    private static func service(_ node: ServiceNode) -> JSONValue {
        .object([
            ("name", .string(node.name)), ("title", text(node.title)), ("kind", .string(node.kind.rawValue)),
            ("owner", text(node.owner)), ("domain", text(node.domain)), ("repository", text(node.repository)),
            ("documented", .bool(node.isDocumented)), ("observed", .bool(node.isObserved)),
        ])
    }

    private static func channel(_ node: ChannelNode) -> JSONValue {
        .object([
            ("name", .string(node.name)), ("title", text(node.title)), ("kind", text(node.kind?.rawValue)),
            ("system", .string(node.system)), ("broker", text(node.broker)), ("owner", text(node.owner)),
            ("domain", text(node.domain)), ("documented", .bool(node.isDocumented)),
            ("observed", .bool(node.isObserved)), ("temporary", .bool(node.isTemporary)),
        ])
    }

    private static func edge(_ edge: FlowEdge) -> JSONValue {
        .object([
            ("kind", .string(edge.kindName)), ("from", .string(edge.from)),
            ("to", .string(edge.to)), ("system", .string(edge.system)), ("group", .string(edge.group)),
            ("operation", .string(edge.operation)), ("documented", .bool(edge.isDocumented)),
            ("observed", .bool(edge.isObserved)), ("count", .number(edge.figures.count)),
            ("errors", .number(edge.figures.errors)), ("duplicates", .number(edge.figures.duplicates)),
        ])
    }

    private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}

extension Flow.Step {
    /// `order publishes order.completed`
    var sentence: String { "\(service.value) \(action.rawValue) \(target.value)" }
}
