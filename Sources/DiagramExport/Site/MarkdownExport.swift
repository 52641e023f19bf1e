import CatalogModel
import FlowMatching
import TraceModel

/// A site of linked Markdown pages, readable on GitHub as it is: an index, and a page for each service, channel, flow and
/// message.
public struct MarkdownExport: ExportFormat {
    public let name = "markdown"
    public let summary = "linked pages with diagrams, tables, owners and guarantees"

    public init() {}

    public func export(
        _ system: ExportedSystem, _ settings: ExportSettings
    ) throws(DiagramFailure) -> [ExportedFile] {
        var system = system
        system.graph = try system.graph.part(settings.scope, of: system.catalog)
        let site = MarkdownSite(system, settings)
        return try site.files()
    }
}
