import ArgumentParser
import CatalogModel
import Foundation
import SourceDiagnostics
import OTLPCoding
import TraceIngest
import TraceModel
import TraceStore

struct CollectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "A collector without a screen; or, with --from, read files and end.",
        discussion: """
            Runs until SIGINT or SIGTERM: then it finishes what was begun and ends within ten seconds; a second signal \
            ends it at once. SIGHUP reads the catalog again. See Documentation/Operating.md.

            EXAMPLES
              flowglass collect                            on 127.0.0.1:4318 and 4317
              flowglass collect --http 127.0.0.1:0         on a free port, which is printed
              flowglass collect --keep-spans 3d --max-store-size 2GiB --log-format json
              flowglass collect --admin 127.0.0.1:4319     health and metrics
              flowglass collect --zipkin 127.0.0.1:9411    Zipkin's senders too
              flowglass collect --from spans/*.json more.pb.gz
              flowglass collect --from-logs app.log --log-fields service=svc,action=did
            """)

    /// Seconds in which a collector ends, whatever happens.
    private static let patience = 10.0

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var listen: ListenOptions
    @OptionGroup var retention: RetentionOptions
    @OptionGroup var logging: LogOptions

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Read spans from files: OTLP (binary, JSON, the Collector's file exporter), traces saved by Jaeger, "
                + "Zipkin's JSON; each also as .gz or .zst; or all of them in a folder; - for standard input.",
            valueName: "path"),
        completion: .anyFile)
    var from: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Read logs of JSON lines that say who did what with which message; - for standard input.",
            valueName: "file"), completion: .anyFile)
    var fromLogs: [String] = []

    @Option(
        help: ArgumentHelp(
            "The names of the log's fields: correlation, service, action (publish, receive, process or call), channel "
                + "(of a call: the service that is called), time; and, where there are any, message, system, group, "
                + "duration (milliseconds), error.", valueName: "field=name,…"))
    var logFields = ""

    func validate() throws {
        guard logFields.isEmpty || !fromLogs.isEmpty else {
            throw ValidationError("--log-fields names the fields of a log: it goes with --from-logs FILE")
        }
    }

    func run() throws {
        // Before anything else: a signal that comes while the store is opened ends it properly, too.
        let signals = from.isEmpty && fromLogs.isEmpty ? SignalWait([SIGINT, SIGTERM, SIGHUP]) : nil
        let loaded = try catalog.loadWithWarning()
        let collector = try Collector(
            storePath: store.path, catalog: loaded,
            Collector.Options(retention: retention.retention, log: logging.log))
        defer { collector.close() }
        if let signals {
            try listenUntilStopped(collector, signals)
        } else {
            try readFiles(into: collector)
        }
    }

    private func listenUntilStopped(_ collector: Collector, _ signals: SignalWait) throws {
        let addresses = try collector.listen(listen)
        guard !addresses.isEmpty else {
            throw CommandFailure.usage("nothing to do: --http, --grpc and --zipkin are off and there is no --from")
        }
        tellStart(collector, addresses)
        var signal = signals.wait()
        while signal == SIGHUP {
            reload(collector)
            signal = signals.wait()
        }
        collector.log.write(
            .info, "stopping", [("signal", .number(Int(signal)))],
            text: "stopping (signal \(signal)): finishing what was begun; a second signal ends it at once")
        signals.handle { if $0 != SIGHUP { _exit(128 + $0) } }
        let log = collector.log
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) {
            log.write(.error, "could not finish what was begun in time")
            _exit(3)
        }
    }

    private func tellStart(_ collector: Collector, _ addresses: [String]) {
        let pages = collector.adminAddress
        collector.log.write(
            .info, "waiting for spans",
            [
                ("listening", .array(addresses.map { .string($0) })), ("store", .string(store.path)),
                ("admin", pages.map { .string($0) } ?? .null), ("version", .string(Flowglass.version)),
                ("sqlite", .string(SpanStore.databaseVersion)), ("process", .number(Int(getpid()))),
                ("keepSpans", .string(retention.keepSpans.description)),
                ("keepFigures", .string(retention.keepFigures.description)),
                ("maxStoreSize", .string(retention.maxStoreSize.description)),
            ],
            text: "waiting for spans on \(addresses.joined(separator: " and ")), store \(store.path)"
                + (pages.map { ", pages on http://\($0)/healthz and /metrics" } ?? ""))
    }

    /// A catalog that cannot be read leaves the one that could.
    private func reload(_ collector: Collector) {
        do {
            let loaded = try CatalogOptions.load(catalog.catalog)
            let errors = loaded.diagnostics.count { $0.severity == .error }
            collector.reload(loaded.catalog)
            collector.log.write(
                errors > 0 ? .warning : .info, "the catalog was read again", [("errors", .number(errors))],
                text: "the catalog was read again"
                    + (errors > 0 ? ": it has \(counted(errors, "error")), see 'flowglass lint'" : ""))
        } catch {
            let words = (error as? CommandFailure)?.message ?? "\(error)"
            collector.log.write(
                .error, "the catalog could not be read again", [("reason", .string(words))],
                text: "the catalog could not be read again, the last one stays: \(words)")
        }
    }

    private func readFiles(into collector: Collector) throws {
        let log: CorrelationLog
        do throws(CorrelationLog.MappingFailure) {
            log = try CorrelationLog(mapping: logFields)
        } catch {
            throw CommandFailure.usage("cannot use --log-fields: \(error)\nfor example correlation=req,service=svc")
        }
        let spans = try SpanFiles.named(from).map { path in
            let report = try collector.read(path)
            if report.spans + report.rejectedSpans + report.problemCount == 0 {
                Talk.note("there is no span in \(path)\na log of JSON lines is read with --from-logs")
            }
            return report
        }
        let reports = try spans + fromLogs.map { try collector.read(log: $0, as: log) }
        let rejected = reports.reduce(0) { $0 + $1.rejectedSpans }
        let reason = reports.lazy.compactMap(\.lastRejection).first.map { " (\($0))" } ?? ""
        Output.write(
            "\(counted(reports.reduce(0) { $0 + $1.spans }, "span")) in "
                + "\(counted(reports.reduce(0) { $0 + $1.requests }, "request")) accepted, "
                + "\(rejected) rejected\(reason)\n")
        let problems = reports.reduce(0) { $0 + $1.problemCount }
        if problems > 0 {
            throw CommandFailure("\(counted(problems, "part")) of the input could not be read")
        }
    }
}
