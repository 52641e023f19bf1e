import CatalogModel
import FlowMatching

/// AsyncAPI 3.0: one document for each service, since a document describes one application.
///
/// What AsyncAPI has no place for (calls, routes from topics to queues, the exact messaging system) stands in `x-flowglass-…`
/// extensions, which Flowglass reads again.
public struct AsyncAPIExport: ExportFormat {
    public let name = "asyncapi"
    public let summary = "AsyncAPI 3.0, one document for each service"

    public init() {}

    public func export(
        _ system: ExportedSystem, _ settings: ExportSettings
    ) throws(DiagramFailure) -> [ExportedFile] {
        let graph = CatalogGraph(system.catalog)
        if let name = settings.service {
            guard let service = graph.service(name) else {
                throw .unknown(.service, name, among: system.catalog.services.map(\.name))
            }
            return [ExportedFile(path: "", text: Self.text(of: service, graph))]
        }
        let part = try system.graph.part(settings.scope, of: system.catalog)
        let wanted = Set(part.services.map(\.name))
        var files = FileNames()
        return system.catalog.services.filter { wanted.contains($0.name) }.map { service in
            ExportedFile(path: files.name(for: service.name) + ".yaml", text: Self.text(of: service, graph))
        }
    }

    static func text(of service: Service, _ graph: CatalogGraph) -> String {
        var writer = AsyncAPIWriter(service, graph)
        return writer.document.document
    }
}
