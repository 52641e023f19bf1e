public import ArgumentParser
import CatalogModel
public import DiagramExport
import FlowMatching
import Foundation
import SourceDiagnostics
import TraceModel
import TraceStore

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Diagrams, documents, and the formats of other tools.",
        discussion: """
            Documented edges are solid, undocumented ones dashed and labelled. With --store, what was observed is \
            drawn too. A system that is too large for one picture is divided: the overview goes to standard output, \
            all parts into a folder.

            FORMATS
            \(exportFormats.map { "  " + $0.name.padding(toLength: 12, withPad: " ", startingAt: 0) + $0.summary }
                .joined(separator: "\n"))

            EXAMPLES
              flowglass export > system.mmd
              flowglass export mermaid --focus order --depth 2 --toward downstream
              flowglass export mermaid diagrams/                 an overview and all parts
              flowglass export --flow concert-booking            step by step
              flowglass export --impact payment                  what fails, and what waits
              flowglass export --life order.completed            what becomes of a message
              flowglass export --trace 7aaf4542-e6ae-fc3c-fa6b-b9c4b5ef5e70
              flowglass export dot --domain order | dot -Tsvg > order.svg
              flowglass export markdown site/
              flowglass export asyncapi --service order
            """)

    @Argument(
        help: "The format: \(exportFormats.map(\.name).joined(separator: ", ")).",
        completion: .list(exportFormats.map(\.name)))
    var format = "mermaid"

    @Argument(help: "A folder, or a file for a format of one file (default: standard output).", completion: .anyFile)
    var destination: String?

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var store: StoreOptions

    @Option(
        help: ArgumentHelp("Only what lies around a service or a channel.", valueName: "name"),
        completion: .serviceOrChannel)
    var focus: String?

    @Option(help: ArgumentHelp("How many hops around the focus (default: 1).", valueName: "hops"))
    var depth: Int?

    @Option(
        help: ArgumentHelp("Which way from the focus: both, downstream or upstream (default: both).", valueName: "way"))
    var toward: WalkDirection?

    @Option(
        help: ArgumentHelp("Only a domain, and what it talks with.", valueName: "name"),
        completion: .names { catalog in catalog.services.compactMap(\.documentation.domain) })
    var domain: String?

    @Option(help: ArgumentHelp("A flow of the catalog.", valueName: "name"), completion: .flow)
    var flow: String?

    @Option(help: ArgumentHelp("A flow as sequence or flowchart (default: sequence).", valueName: "picture"))
    var `as`: FlowPicture?

    @Option(
        help: ArgumentHelp("A conversation, by correlation ID, trace id or message id.", valueName: "id"),
        completion: .conversation)
    var trace: String?

    @Option(
        help: ArgumentHelp("What becomes of a message, or of what a channel carries.", valueName: "name"),
        completion: .names { $0.channels.map(\.name) + $0.messages.map(\.name) })
    var life: String?

    @Option(
        help: ArgumentHelp("What fails and what waits when this stops.", valueName: "name"),
        completion: .anyName)
    var impact: String?

    @Option(help: ArgumentHelp("One part of a divided system, as the overview calls it.", valueName: "name"))
    var part: String?

    @Option(
        help: ArgumentHelp(
            "What is shown: catalog, observed or both (default: both with --store, else catalog).", valueName: "half"))
    var from: GraphSource?

    @Option(help: ArgumentHelp("LR or TD.", valueName: "direction"))
    var direction = MermaidFlowchart.Direction.leftToRight

    @Option(help: ArgumentHelp("Frames for brokers, domains, both or none.", valueName: "frames"))
    var frames = DiagramFrames.both

    @Option(help: ArgumentHelp("Pictures with more nodes are divided.", valueName: "count"))
    var maxNodes = MermaidAtlas.defaultMaximumNodes

    @Option(help: ArgumentHelp("any, or github, where links in diagrams lead nowhere.", valueName: "host"))
    var target = Target.any

    @Option(help: ArgumentHelp("The heading.", valueName: "text"))
    var title: String?

    @Flag(help: "Without the legend.")
    var noLegend = false

    @Option(help: ArgumentHelp("Only this service (asyncapi).", valueName: "name"), completion: .service)
    var service: String?

    @Flag(help: "Cells as they are, even where a spreadsheet would run them (csv).")
    var raw = false

    @Flag(help: "Write over files that no export wrote.")
    var force = false

    enum Target: String, CaseIterable, ExpressibleByArgument { case any, github }
    enum FlowPicture: String, CaseIterable, ExpressibleByArgument { case sequence, flowchart }

    func validate() throws {
        guard (0...100).contains(depth ?? 1) else {
            throw ValidationError("--depth wants hops from 0 to 100, e.g. --depth 2")
        }
        guard (4...10_000).contains(maxNodes) else {
            throw ValidationError("--max-nodes wants a count from 4 to 10000, e.g. --max-nodes 60")
        }
        let chosen = [
            ("--focus", focus), ("--domain", domain), ("--flow", flow), ("--trace", trace), ("--life", life),
            ("--impact", impact),
        ].filter { $0.1 != nil }.map(\.0)
        guard chosen.count <= 1 else {
            throw ValidationError("\(chosen.joined(separator: " and ")) are different exports: choose one")
        }
        // What would change nothing is a mistake, more likely than not.
        let misplaced = [
            ("--depth", depth != nil && focus == nil, "--focus NAME"),
            ("--toward", toward != nil && focus == nil, "--focus NAME"),
            ("--as", self.as != nil && flow == nil, "--flow NAME"),
            ("--service", service != nil && format != "asyncapi", "the format asyncapi"),
            ("--raw", raw && format != "csv", "the format csv"),
        ].first { $0.1 }
        if let misplaced { throw ValidationError("\(misplaced.0) goes with \(misplaced.2)") }
    }

    func run() throws {
        guard let format = exportFormat(named: format) else {
            throw CommandFailure.usage(
                "there is no format '\(format)'" + suggestion(for: format, among: exportFormats.map(\.name))
                    + "\nthe formats are \(exportFormats.map(\.name).joined(separator: ", "))")
        }
        guard format.name == "mermaid" || (trace == nil && life == nil && part == nil) else {
            throw CommandFailure.usage("--trace, --life and --part are diagrams of the format mermaid")
        }
        // What was observed is drawn where it is asked for: the catalog alone gives the same diagram everywhere.
        let isObserved = store.store != nil || (from ?? .catalog) != .catalog
        let catalog = try catalog.loadWithWarning(isNeeded: !isObserved && trace == nil)
        let reader = isObserved || trace != nil ? try store.reader(catalog) : nil
        let observed = isObserved ? try commandResult { try reader?.edges(.all, now: currentTime()) ?? [] } : []
        let graph = FlowGraph(catalog: catalog, observed: observed).seen(by: from ?? (isObserved ? .both : .catalog))
        let system = ExportedSystem(catalog: catalog, graph: graph)
        let settings = try settings(reader, catalog)
        let files = try result { () throws(DiagramFailure) in try format.export(system, settings) }
        try write(files, of: format)
    }

    private func settings(_ reader: SpanStoreReader?, _ catalog: Catalog) throws -> ExportSettings {
        var settings = ExportSettings()
        settings.title = title ?? ""
        settings.direction = direction
        settings.frames = frames
        settings.hasLegend = !noLegend
        settings.hasLinks = target != .github
        // Without a catalog everything would be undocumented, which says nothing.
        settings.marksUndocumented = from != .observed && !(catalog.services.isEmpty && catalog.channels.isEmpty)
        settings.maximumNodes = maxNodes
        settings.service = service
        settings.isRaw = raw
        if let focus { settings.scope = .focus(focus, depth: depth ?? 1, toward: toward ?? .both) }
        if let impact { settings.scope = .blastRadius(try origin(impact, catalog)) }
        if let domain { settings.scope = .domain(domain) }
        if let flow {
            settings.scope = .flow(flow)
            if self.as != .flowchart { settings.picture = .sequence(flow: flow) }
        }
        if let life { settings.picture = .life(life) }
        if let part { settings.picture = .part(part) }
        if let trace, let reader {
            guard let conversation = try commandResult({ try reader.conversation(trace) }) else {
                throw CommandFailure("no span in the store belongs to '\(trace)'")
            }
            settings.picture = .conversation(conversation)
        }
        return settings
    }

    private func origin(_ name: String, _ catalog: Catalog) throws -> CatalogNode {
        guard let node = catalog.nodes(named: name).first else {
            throw CommandFailure("nothing is called '\(name)'" + suggestion(for: name, among: catalog.names))
        }
        return node
    }

    private func result<Value>(_ body: () throws(DiagramFailure) -> Value) throws -> Value {
        do throws(DiagramFailure) { return try body() } catch { throw CommandFailure(error.description) }
    }

    // MARK: - Writing

    private func write(_ files: [ExportedFile], of format: any ExportFormat) throws {
        let isOneText = files.count == 1 && files[0].path.isEmpty
        if let destination {
            try checkFolder(destination)
            guard !isOneText else { return try writeText(files[0].text, to: destination, of: format) }
            try ExportFolder(path: destination).write(files, replacesAnything: force)
            Talk.note("\(counted(files.count, "file")) in \(destination)")
            return
        }
        if isOneText { return Output.write(files[0].text) }
        guard format.name == "mermaid", let overview = files.first(where: { $0.path == "overview.mmd" }) else {
            throw CommandFailure.usage(
                "\(format.name) writes \(files.count) files: name a folder, as in 'flowglass export \(format.name) DIR'"
                    + (format.name == "asyncapi" ? ",\nor one service with --service NAME" : ""))
        }
        Output.write(overview.text)
        Talk.note(
            "the picture has more than \(maxNodes) nodes, and is divided into \(files.count - 2) parts: this is the "
                + "overview\ndraw one with --part NAME, write all with 'flowglass export mermaid DIR'")
    }

    /// What is exported is no part of the catalog, and next to it would be taken for that.
    private func checkFolder(_ destination: String) throws {
        let path = catalog.catalog ?? CatalogOptions.defaultPath
        guard !force, let folder = realPath(of: destination), folder == realPath(of: path) else { return }
        throw CommandFailure(
            "\(destination) holds the catalog: name another folder, or write into it with --force")
    }

    /// Into the file of that name; into a file in it where it is a folder.
    private func writeText(_ text: String, to path: String, of format: any ExportFormat) throws {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if isFolder.boolValue || path.hasSuffix("/") {
            let folder = ExportFolder(path: path)
            let name = format.name == "mermaid" ? "overview.mmd" : "system.\(format.name)"
            try folder.write([ExportedFile(path: name, text: text)], replacesAnything: force)
            return Talk.note("wrote \(folder.path)/\(name)")
        }
        try ExportFolder.write(text, to: path)
        Talk.note("wrote \(path)")
    }
}

extension MermaidFlowchart.Direction: ExpressibleByArgument {}
extension WalkDirection: ExpressibleByArgument {}
extension DiagramFrames: ExpressibleByArgument {}
extension GraphSource: ExpressibleByArgument {}
