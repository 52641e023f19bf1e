import ArgumentParser
import CatalogModel
import SourceDiagnostics

struct ImpactCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "impact",
        abstract: "What fails, what only waits and which flows stop when something stops, and whom to ask.",
        discussion: """
            Walks the catalog's edges from NAME: synchronous callers fail with it, unless a fallback, a circuit \
            breaker or deferred work protects them; subscribers downstream wait, or lose messages where the way to \
            them may lose some.

            EXAMPLES
              flowglass impact payment                     a service
              flowglass impact order.completed             a topic or a queue
              flowglass impact events --as broker          everything that runs on a broker
              flowglass impact payment --format markdown   for a merge request
              flowglass impact payment --json | jq -r '.failing[].service'
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown }
    enum Kind: String, ExpressibleByArgument, CaseIterable { case service, channel, flow, broker }

    @Argument(help: "A service, channel, flow or broker.", completion: .anyName)
    var name: String

    @Option(
        help: ArgumentHelp("What NAME is, where it names several: service, channel, flow, broker.", valueName: "kind"))
    var `as`: Kind?

    @Option(help: ArgumentHelp("text, json or markdown (default: text).", valueName: "format"))
    var format: Format?

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: JSONOptions

    func validate() throws {
        guard !output.json || format == nil || format == .json else {
            throw ValidationError("--json is --format json, and not --format \(format?.rawValue ?? ""): choose one")
        }
    }

    func run() throws {
        let catalog = try catalog.loadWithWarning(isNeeded: true)
        let radius = BlastRadius(of: try origin(in: catalog), in: CatalogGraph(catalog))
        switch output.json ? .json : format ?? .text {
        case .text:
            Output.write(
                ImpactText(radius: radius, catalog: catalog, usesColor: Output.usesColor, width: Output.width).text)
        case .json: Output.json(radius.json)
        case .markdown: Output.write(ImpactMarkdown(radius: radius, catalog: catalog).text)
        }
    }

    private func origin(in catalog: Catalog) throws -> CatalogNode {
        let nodes = catalog.nodes(named: name)
        if let kind = self.as {
            if let node = nodes.first(where: { $0.kind.rawValue == kind.rawValue }) { return node }
            let names =
                switch kind {
                case .service: catalog.services.map(\.name)
                case .channel: catalog.channels.map(\.name)
                case .flow: catalog.flows.map(\.name)
                case .broker: catalog.brokers.map(\.name)
                }
            throw CommandFailure("no \(kind.rawValue) is called '\(name)'" + suggestion(for: name, among: names))
        }
        if nodes.count > 1 {
            let kinds = nodes.map(\.kind.rawValue)
            Talk.note(
                "'\(name)' is a \(kinds.joined(separator: " and a ")): taken as the \(kinds[0]); choose with --as")
        }
        if let node = nodes.first { return node }
        if catalog.message(named: name) != nil {
            let carriers = catalog.channels.filter { $0.messages.contains { $0.value == name } }.map(\.name)
            throw CommandFailure(
                "'\(name)' is a message, and only services, channels, flows and brokers can stop"
                    + (carriers.isEmpty ? "" : "\nit is carried by \(carriers.joined(separator: ", "))"))
        }
        throw CommandFailure(
            "nothing is called '\(name)'"
                + suggestion(
                    for: name,
                    among: catalog.services.map(\.name) + catalog.channels.map(\.name) + catalog.flows.map(\.name)
                        + catalog.brokers.map(\.name)))
    }
}
