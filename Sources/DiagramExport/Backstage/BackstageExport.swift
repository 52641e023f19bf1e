import CatalogModel
import FlowMatching

/// Backstage entities: the system, a component for each service, an API for what each publishes, a resource for each
/// channel and broker.
///
/// Source: Backstage, "Descriptor Format of Catalog Entities", backstage.io/v1alpha1.
public struct BackstageExport: ExportFormat {
    public let name = "backstage"
    public let summary = "entities for a Backstage software catalog"

    public init() {}

    public func export(
        _ system: ExportedSystem, _ settings: ExportSettings
    ) throws(DiagramFailure) -> [ExportedFile] {
        var system = system
        system.graph = try system.graph.part(settings.scope, of: system.catalog)
        var writer = BackstageWriter(system)
        let documents = writer.entities().map { "---\n" + $0.document }
        return [ExportedFile(path: "", text: "# Written by flowglass export backstage.\n" + documents.joined())]
    }
}
