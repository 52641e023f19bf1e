public import ArgumentParser
import FlowMatching
import SourceDiagnostics
public import TraceModel
import TraceStore

struct EdgesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edges",
        abstract: "Every edge: documented, observed, or both, with figures.",
        discussion: """
            COUNT is messages or calls, each once; DELIVERIES is how often a message was handed to a consumer, and ERRORS \
            how many of these, or of the calls, failed. DUPLICATES were delivered after they had been handled.

            EXAMPLES
              flowglass edges
              flowglass edges --window 1h --json
            """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: JSONOptions

    @Option(help: ArgumentHelp("How far back: 1m, 5m, 1h, 24h or all.", valueName: "time"))
    var window: TimeWindow = .all

    func run() throws {
        let catalog = try catalog.loadWithWarning()
        let observed = try commandResult { try store.reader(catalog).edges(window, now: currentTime()) }
        let graph = FlowGraph(catalog: catalog, observed: observed)
        if output.json { return Output.json(.array(graph.edges.map(Facts.edge))) }
        if graph.edges.isEmpty {
            return Talk.note("no edges: nothing is documented, and no spans were received")
        }
        Output.write(Self.table(graph.edges).text)
    }

    private static func table(_ edges: [FlowEdge]) -> TextTable {
        var table = TextTable([
            ("KIND", .left), ("FROM", .left), ("TO", .left), ("SYSTEM", .left), ("", .left), ("COUNT", .right),
            ("DELIVERIES", .right), ("ERRORS", .right), ("DUPLICATES", .right), ("WAIT p95", .right),
            ("WORK p95", .right),
        ])
        for edge in edges {
            let figures = edge.figures
            table.add([
                edge.kindName, edge.from, edge.to,
                [edge.system, edge.operation].filter { !$0.isEmpty }.joined(separator: " "),
                edge.isDocumented ? (edge.isObserved ? "" : "not observed") : "undocumented",
                edge.isObserved ? "\(figures.count)" : "—",
                edge.isObserved && edge.kind == .consumes ? "\(figures.deliveries)" : "—",
                edge.isObserved ? "\(figures.errors)" : "—",
                edge.isObserved ? "\(figures.duplicates)" : "—",
                figures.wait.quantile(0.95).map(durationText) ?? "—",
                figures.work.quantile(0.95).map(durationText) ?? "—",
            ])
        }
        return table
    }
}

extension TimeWindow: ExpressibleByArgument {
    public init?(argument: String) {
        guard let window = TimeWindow.allCases.first(where: { $0.label == argument }) else { return nil }
        self = window
    }

    public static var allValueStrings: [String] { allCases.map(\.label) }
}

/// Runs what may fail for reasons of the store, and says them as a command's failure.
func commandResult<Value>(_ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch let failure as StoreFailure {
        throw CommandFailure(failure)
    }
}
