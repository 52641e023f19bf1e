import ArgumentParser
import CatalogModel
import FlowMatching
import Foundation
import TraceModel
import TraceStore

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Who publishes, who subscribes, guarantees, owner, and where it is defined.",
        discussion: """
            EXAMPLES
              flowglass show order.completed
              flowglass show order-completed            by the name that spans carry
              flowglass show order --json
            """)

    @Argument(help: "A channel, service, flow, message or broker.", completion: .anyName)
    var name: String

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: JSONOptions

    func run() throws {
        let catalog = try catalog.loadWithWarning()
        let graph = FlowGraph(catalog: catalog, observed: try observed(catalog))
        let card = try card(of: name, catalog, graph)
        if output.json { Output.json(card.json) } else { Output.write(card.text) }
    }

    /// What the name means, else what spans mean by it.
    private func card(of name: String, _ catalog: Catalog, _ graph: FlowGraph) throws -> FactCard {
        let card = FactCard(name: name, catalog: catalog, graph: graph)
        if card.isKnown { return card }
        if let known = NameResolver(catalog).name(ofTelemetry: name) {
            Talk.note("spans call it '\(name)', and the catalog '\(known)'")
            return FactCard(name: known, catalog: catalog, graph: graph)
        }
        // Without a catalog nothing can be missing in it.
        if self.catalog.isAbsent { _ = try self.catalog.loadWithWarning(isNeeded: true) }
        let names = catalog.names + graph.channels.map(\.name) + graph.services.map(\.name)
        throw CommandFailure("nothing is called '\(name)'" + suggestion(for: name, among: names))
    }

    /// What a store knows, where there is one.
    private func observed(_ catalog: Catalog) throws -> [ObservedEdge] {
        guard store.store != nil || FileManager.default.fileExists(atPath: store.path) else { return [] }
        return try commandResult { try store.reader(catalog).edges(.all, now: currentTime()) }
    }
}
