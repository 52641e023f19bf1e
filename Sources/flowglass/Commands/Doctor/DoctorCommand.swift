import ArgumentParser
import CatalogModel
import FlowMatching
import SourceDiagnostics
import TerminalText
import TraceModel
import TraceStore

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "What does each service send, and why is there no edge?",
        discussion: """
            Without names: a report for each service. With two names: each condition of an edge from the first service to \
            the second, and what was seen of it.

            EXAMPLES
              flowglass doctor
              flowglass doctor order                    one service
              flowglass doctor order notification       why is there no edge?
              flowglass doctor --window 1h --json
            """)

    @Argument(help: ArgumentHelp("A service.", valueName: "from"), completion: .anyName)
    var from: String?

    @Argument(help: ArgumentHelp("Another: why does no edge lead there?", valueName: "to"), completion: .anyName)
    var to: String?

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: JSONOptions

    @Option(help: ArgumentHelp("How far back: 1m, 5m, 1h, 24h or all.", valueName: "time"))
    var window: TimeWindow = .all

    func run() throws {
        let loaded = try catalog.loadWithWarnings()
        let reader = try store.reader(loaded.catalog)
        let now = currentTime()
        let run = try DriftRun(loaded, reader, window, now: now, settled: now)
        if let from, let to { return try diagnose(from, to, run, reader, now) }
        var checkups = ServiceCheckup.all(in: run.context)
        if let from {
            let names = checkups.map(\.name)
            let name = NameResolver(loaded.catalog).service(from)
            checkups.removeAll { $0.name != name }
            if checkups.isEmpty {
                let near = suggestion(for: from, among: names)
                throw CommandFailure(
                    "there is no service '\(from)'"
                        + (near.isEmpty ? "\n'flowglass doctor' without a name tells of all there are" : near))
            }
        }
        if output.json { return Output.json(.array(checkups.map(DoctorFacts.checkup))) }
        if checkups.isEmpty { return Talk.note("no services: nothing is documented, and no spans were received") }
        Output.write(checkups.map(DoctorText.checkup).joined(separator: "\n"))
    }

    private func diagnose(
        _ from: String, _ to: String, _ run: DriftRun, _ reader: SpanStoreReader, _ now: UInt64
    ) throws {
        // A service that is silent in the window may have been heard before it.
        let resolver = NameResolver(run.loaded.catalog)
        var lastSeen: [String: UInt64] = [:]
        for edge in try commandResult({ try reader.edges(.all, now: now) }) {
            let services =
                switch edge.key.kind {
                case .calls: [edge.key.from, edge.key.to]
                case .publishes: [edge.key.from]
                case .consumes: [edge.key.to]
                case .delivers: [String]()
                }
            for name in services.map(resolver.service) {
                lastSeen[name] = max(lastSeen[name] ?? 0, edge.figures.lastSeen)
            }
        }
        let diagnosis = PairDiagnosis(
            from: resolver.service(from), to: resolver.service(to), in: run.context, lastSeen: lastSeen)
        if output.json { return Output.json(DoctorFacts.diagnosis(diagnosis)) }
        Output.write(DoctorText.diagnosis(diagnosis))
    }
}
