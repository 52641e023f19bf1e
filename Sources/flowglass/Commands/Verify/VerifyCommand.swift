import ArgumentParser
import CatalogModel
import FlowMatching
import Foundation
import SourceDiagnostics
import TraceModel
import TraceStore

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Run a command with its spans sent here, then judge the drift: for integration tests.",
        discussion: """
            A private collector listens on free ports of 127.0.0.1 while COMMAND runs; OTEL_EXPORTER_OTLP_ENDPOINT, \
            OTEL_EXPORTER_OTLP_PROTOCOL and their _TRACES_ variants lead there, and batches are sent without delay. \
            Output, signals and a failing exit status of the command are passed through. Afterwards late spans are waited \
            for, and findings are reported on standard error, or to --output; so is coverage with --coverage or \
            --min-coverage. A report in another format than text has standard output to itself: what the command writes \
            there goes to standard error.

            Exit code: the command's where it fails; else 1 when a finding is at or above --fail-on or coverage is below \
            --min-coverage; 3 when no spans came.

            EXAMPLES
              flowglass verify -- npm run test:integration
              flowglass verify --min-coverage 80 -- pytest tests/flow
              flowglass verify --protocol grpc --keep-store run.db -- ./run-tests.sh
              flowglass verify --json -- npm test | jq '.findings[].rule'
              flowglass verify --format junit --output drift.xml -- make integration
            """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var reporting: FindingOptions

    @Option(
        help: ArgumentHelp("The least severity for exit code 1: error, warning, info.", valueName: "severity"),
        completion: .list(["error", "warning", "info"]))
    var failOn = "warning"

    @OptionGroup var coverage: CoverageOptions

    @Option(
        help: ArgumentHelp(
            "How the command sends: http/protobuf, http/json or grpc (default: OTEL_EXPORTER_OTLP_PROTOCOL, or http/protobuf).",
            valueName: "protocol"), completion: .list(OTLPEnvironment.protocols))
    var `protocol`: String?

    @Option(help: ArgumentHelp("Keep the spans here, for 'flowglass trace' and the dashboard.", valueName: "path"))
    var keepStore: String?

    @Option(
        help: ArgumentHelp("Wait for late spans until none came for so many seconds.", valueName: "seconds"))
    var settle = 2.0

    @Option(help: ArgumentHelp("But no longer than this.", valueName: "seconds"))
    var maxWait = 30.0

    @Argument(parsing: .postTerminator, help: "The command and its arguments, after --.")
    var command: [String] = []

    func validate() throws {
        guard !command.isEmpty else {
            throw ValidationError("there is no command: write it after --, e.g. flowglass verify -- pytest tests/flow")
        }
        guard settle >= 0, maxWait >= settle, maxWait.isFinite else {
            throw ValidationError("--settle wants seconds from 0 on, and --max-wait as many or more")
        }
        if let name = self.protocol, !OTLPEnvironment.protocols.contains(name) {
            throw ValidationError(
                "--protocol wants \(OTLPEnvironment.protocols.joined(separator: ", ")), not '\(name)'")
        }
    }

    func run() throws {
        let settings = try reporting.resolved(failOn: failOn, .spans)
        let loaded = try catalog.loadWithWarnings(isNeeded: true)
        let place = try StorePlace(kept: keepStore)
        defer { place.clean() }
        let collector = try Collector(storePath: place.path, catalog: loaded.catalog)
        let reader = try place.reader(loaded.catalog)
        let status: Int32
        do {
            defer { collector.close() }
            let listen = try ListenOptions.parse(["--http", "127.0.0.1:0", "--grpc", "127.0.0.1:0"])
            let addresses = try collector.listen(listen)
            let otlp = OTLPEnvironment(
                http: addresses[0], grpc: addresses[1], chosen: self.protocol,
                inherited: ProcessInfo.processInfo.environment)
            status = try ChildCommand(
                command, environment: otlp.variables, sendsOutputToErrors: settings.isForPrograms
            ).wait()
            try waitForLateSpans(reader)
        }
        if keepStore != nil {
            Talk.note("the spans are kept in \(place.path): see 'flowglass drift --store \(place.path)'")
        }
        let isGood = try judge(loaded, reader, settings, hasFailed: status != 0)
        if status != 0 { throw ExitCode(status) }
        if !isGood { throw ExitCode(1) }
    }

    /// Waits until no span came for the settling time. Whoever keeps sending is waited for no longer than `maxWait`.
    private func waitForLateSpans(_ reader: SpanStoreReader) throws {
        let pause = 0.05
        var (waited, quiet) = (0.0, 0.0)
        var seen = try commandResult { try reader.spanCount() }
        while quiet < settle, waited < maxWait {
            usleep(UInt32(pause * 1e6))
            waited += pause
            quiet += pause
            if ChildCommand.interruption != 0 { throw ExitCode(128 + ChildCommand.interruption) }
            let count = try commandResult { try reader.spanCount() }
            if count != seen { (seen, quiet) = (count, 0) }
        }
    }

    private func judge(
        _ loaded: LoadedCatalog, _ reader: SpanStoreReader, _ settings: FindingSettings, hasFailed: Bool
    ) throws -> Bool {
        let now = currentTime()
        // Nothing more will come: whatever was not handled by now stays unhandled.
        let run = try DriftRun(loaded, reader, .all, now: now, settled: .max)
        guard run.context.hasSpans else {
            let failure = CommandFailure(
                "no spans came from '\(command[0])'\n"
                    + "is OpenTelemetry set up in what it runs, and does it heed OTEL_EXPORTER_OTLP_ENDPOINT? "
                    + "services that run already send elsewhere")
            if hasFailed {
                Talk.note(failure.message)
                return false
            }
            throw failure
        }
        return try run.judge(
            settings, coverage, of: Self.configuration.commandName ?? "",
            print: settings.isForPrograms ? Output.write : Talk.write)
    }

    /// Where the store stands: where it is to be kept, or in a folder that goes away.
    private struct StorePlace {
        let path: String
        private var folder: String?

        init(kept: String?) throws {
            if let kept {
                guard !FileManager.default.fileExists(atPath: kept) else {
                    throw CommandFailure.usage("--keep-store wants a new file: \(kept) is there already")
                }
                path = kept
                return
            }
            var template = Array((NSTemporaryDirectory() + "/flowglass-verify-XXXXXX").utf8CString)
            guard mkdtemp(&template) != nil else {
                throw CommandFailure("cannot make a temporary folder: \(String(cString: strerror(errno)))")
            }
            let made = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
            folder = made
            path = made + "/spans.db"
        }

        func reader(_ catalog: Catalog) throws -> SpanStoreReader { try storeReader(path, catalog) }

        func clean() {
            if let folder { try? FileManager.default.removeItem(atPath: folder) }
        }
    }
}
