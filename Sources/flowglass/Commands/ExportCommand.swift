public import ArgumentParser
public import DiagramExport
import Foundation
import TraceStore

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "A Mermaid diagram of the system, of a part of it, of a flow, or of a conversation.",
        discussion: """
            Documented edges are solid, undocumented ones dashed and labelled. With --store, what was observed is \
            drawn too.

            EXAMPLES
              flowglass export > system.mmd
              flowglass export mermaid --focus order.completed --depth 2
              flowglass export --flow concert-booking
              flowglass export --trace 7aaf4542-e6ae-fc3c-fa6b-b9c4b5ef5e70
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case mermaid }

    @Argument(help: "The format: mermaid.")
    var format = Format.mermaid

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var store: StoreOptions

    @Option(
        help: ArgumentHelp("Only what lies around a service or a channel.", valueName: "name"),
        completion: .serviceOrChannel)
    var focus: String?

    @Option(help: ArgumentHelp("How many hops around the focus.", valueName: "hops"))
    var depth = 1

    @Option(help: ArgumentHelp("A flow of the catalog.", valueName: "name"), completion: .flow)
    var flow: String?

    @Option(
        help: ArgumentHelp("A conversation, by correlation ID, trace id or message id.", valueName: "id"),
        completion: .conversation)
    var trace: String?

    @Option(help: ArgumentHelp("LR or TD.", valueName: "direction"))
    var direction = MermaidFlowchart.Direction.leftToRight

    func validate() throws {
        guard depth >= 0, depth <= 100 else {
            throw ValidationError("--depth wants hops from 0 to 100, e.g. --depth 2")
        }
        guard [focus, flow, trace].compactMap({ $0 }).count <= 1 else {
            throw ValidationError("--focus, --flow and --trace are different diagrams: choose one")
        }
    }

    func run() throws {
        let catalog = try catalog.loadWithWarning()
        // What was observed is drawn where it is asked for: the catalog alone gives the same diagram everywhere.
        let reader = store.store != nil || trace != nil ? try store.reader(catalog) : nil
        let diagrams = Diagrams(catalog: catalog, reader: reader)
        let diagram =
            if let flow {
                try diagrams.flow(flow)
            } else if let trace {
                try diagrams.sequence(trace)
            } else {
                try diagrams.flowchart(
                    focus: focus, depth: depth, direction: direction)
            }
        Output.write(diagram.text)
    }
}

extension MermaidFlowchart.Direction: ExpressibleByArgument {}
