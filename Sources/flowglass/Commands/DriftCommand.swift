import ArgumentParser
import CatalogLint
import CatalogModel
import FlowMatching
import SourceDiagnostics
import TraceModel
import TraceStore

struct DriftCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift",
        abstract: "Where the catalog and the spans differ, and what only both together tell.",
        discussion: """
            Undocumented and unobserved edges, duplicates, messages left unhandled, missed deadlines, hidden waits, lost \
            trace context, growing lag. Each finding names conversations to look at with 'flowglass trace'. Absence is \
            evidence, not proof. `lint:` settings and ignore comments of the catalog hold.

            Exit code 1 when a finding is at or above --fail-on, or coverage is below --min-coverage.

            EXAMPLES
              flowglass drift
              flowglass drift --window 24h --fail-on warning
              flowglass drift --coverage              and which documented edges were seen
              flowglass drift --format sarif --output drift.sarif
              flowglass drift --baseline drift.txt --update-baseline
            """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var reporting: FindingOptions

    @Option(help: ArgumentHelp("How far back: 1m, 5m, 1h, 24h or all.", valueName: "time"))
    var window: TimeWindow = .all

    @Option(
        help: ArgumentHelp("The least severity for exit code 1: error, warning, info.", valueName: "severity"),
        completion: .list(["error", "warning", "info"]))
    var failOn = "error"

    @OptionGroup var coverage: CoverageOptions

    func run() throws {
        let settings = try reporting.resolved(failOn: failOn, .spans)
        let loaded = try catalog.loadWithWarnings(isNeeded: true)
        let reader = try store.reader(loaded.catalog)
        let now = currentTime()
        let run = try DriftRun(loaded, reader, window, now: now, settled: now)
        if !run.context.hasSpans {
            Talk.note(
                "no spans in the window: nothing can be compared\n"
                    + "send some ('flowglass collect' says where), or look further back with --window all")
        }
        let isGood = try run.judge(settings, coverage, of: Self.configuration.commandName ?? "")
        if !isGood { throw ExitCode(1) }
    }
}

/// Coverage, the same on `drift` and `verify`.
struct CoverageOptions: ParsableArguments {
    @Flag(help: "Say which share of the documented edges was seen, and which were not.")
    var coverage = false

    @Option(help: ArgumentHelp("Less coverage than this makes the exit code 1.", valueName: "percent"))
    var minCoverage: Int?

    func validate() throws {
        if let minCoverage, !(0...100).contains(minCoverage) {
            throw ValidationError("--min-coverage wants percent, from 0 to 100, e.g. --min-coverage 90")
        }
    }
}

extension DriftRun {
    /// Reports findings, and coverage where it is asked for; whether both are good enough.
    func judge(
        _ settings: FindingSettings, _ options: CoverageOptions, of command: String,
        print: ((String) -> Void)? = nil
    ) throws -> Bool {
        let findings = try settings.chosen(of: found(asked: settings.selected).map(\.diagnostic))
        let coverage = Coverage(context.graph)
        let isWanted = options.coverage || options.minCoverage != nil
        let report = report(findings, of: command)
        if isWanted, settings.format.name == "json" {
            try settings.write(
                JSONReport().value(of: report).adding("coverage", coverage.json), report, to: print ?? Output.write)
        } else {
            try settings.write(report, to: print)
            if isWanted {
                let isOfReport = settings.format.name == "text" && settings.output == nil
                (isOfReport ? print ?? Output.write : Talk.write)(coverage.text)
            }
        }
        if let least = options.minCoverage, coverage.percent < least {
            Talk.note("coverage of \(coverage.percent)% is below --min-coverage \(least)")
            return false
        }
        return !settings.fails(findings)
    }
}

extension JSONValue {
    /// An object with one member more.
    func adding(_ key: String, _ value: JSONValue) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members + [(key, value)])
    }
}
