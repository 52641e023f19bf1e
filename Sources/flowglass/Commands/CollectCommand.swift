import ArgumentParser
import Foundation
import OTLPCoding
import TraceIngest
import TraceModel
import TraceStore

struct CollectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "A collector without a screen; or, with --from, read files and end.",
        discussion: """
            EXAMPLES
              flowglass collect                               on 127.0.0.1:4318 and 4317, until stopped
              flowglass collect --http 127.0.0.1:0            on a free port, which is printed
              flowglass collect --zipkin 127.0.0.1:9411       Zipkin's senders too
              flowglass collect --from spans.json --from more.pb.gz
              flowglass collect --from-logs app.log --log-fields correlation=req,service=svc,action=did
            """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var listen: ListenOptions

    @Option(
        help: ArgumentHelp(
            "Read spans from a file: OTLP (binary, JSON, the Collector's file exporter), traces saved by Jaeger, "
                + "Zipkin's JSON; each also as .gz or .zst; - for standard input.", valueName: "file"),
        completion: .anyFile)
    var from: [String] = []

    @Option(
        help: ArgumentHelp(
            "Read a log of JSON lines that say who did what with which message; - for standard input.",
            valueName: "file"), completion: .anyFile)
    var fromLogs: [String] = []

    @Option(
        help: ArgumentHelp(
            "The names of the log's fields: correlation, service, action (publish, receive, process or call), channel "
                + "(of a call: the service that is called), time; and, where there are any, message, system, group, "
                + "duration (milliseconds), error.", valueName: "field=name,…"))
    var logFields = ""

    func run() throws {
        let catalog = try catalog.loadWithWarning()
        let collector = try Collector(storePath: store.path, catalog: catalog)
        defer { collector.close() }
        if from.isEmpty && fromLogs.isEmpty {
            try listenUntilStopped(collector)
        } else {
            try readFiles(into: collector)
        }
    }

    private func listenUntilStopped(_ collector: Collector) throws {
        let addresses = try collector.listen(listen)
        guard !addresses.isEmpty else {
            throw CommandFailure.usage("nothing to do: --http and --grpc are off and there is no --from")
        }
        Talk.note("waiting for spans on \(addresses.joined(separator: " and ")), store \(store.path)")
        let received = SignalWait([SIGINT, SIGTERM]).wait()
        Talk.note("stopping (signal \(received)): finishing what was begun")
    }

    private func readFiles(into collector: Collector) throws {
        let log: CorrelationLog
        do throws(CorrelationLog.MappingFailure) {
            log = try CorrelationLog(mapping: logFields)
        } catch {
            throw CommandFailure.usage("cannot use --log-fields: \(error)\nfor example correlation=req,service=svc")
        }
        let reports = try from.map { try collector.read($0) } + fromLogs.map { try collector.read(log: $0, as: log) }
        let rejected = reports.reduce(0) { $0 + $1.rejectedSpans }
        let reason = reports.lazy.compactMap(\.lastRejection).first.map { " (\($0))" } ?? ""
        Output.write(
            "\(reports.reduce(0) { $0 + $1.spans }) spans in \(reports.reduce(0) { $0 + $1.requests }) requests accepted, "
                + "\(rejected) rejected\(reason)\n")
        let problems = reports.reduce(0) { $0 + $1.problemCount }
        if problems > 0 {
            throw CommandFailure("\(problems) part\(problems == 1 ? "" : "s") of the input could not be read")
        }
    }
}

/// Where a collector listens.
struct ListenOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Listen for OTLP/HTTP on ADDRESS:PORT; port 0 takes a free one, 'off' none.", valueName: "address"))
    var http = Self.standard

    /// OTLP/HTTP's port (OpenTelemetry Protocol specification), on this machine only.
    static let standard = "127.0.0.1:4318"

    @Option(help: ArgumentHelp("The same for OTLP/gRPC.", valueName: "address"))
    var grpc = Self.standardGRPC

    /// OTLP/gRPC's port, on this machine only.
    static let standardGRPC = "127.0.0.1:4317"

    @Option(
        help: ArgumentHelp(
            "The same for Zipkin's JSON at /api/v2/spans, whose usual port is 9411.", valueName: "address"))
    var zipkin = "off"

    @Flag(help: "Allow listening beyond this machine, where anybody can then send spans.")
    var insecureListen = false

    /// What is served where, in the order in which addresses are told.
    var places: [ListenPlace] {
        [
            ListenPlace(speaks: .otlpHTTP, text: http, otherPlace: "--http 127.0.0.1:4328"),
            ListenPlace(speaks: .otlpGRPC, text: grpc, otherPlace: "--grpc 127.0.0.1:4327"),
            ListenPlace(speaks: .zipkin, text: zipkin, otherPlace: "--zipkin 127.0.0.1:9412"),
        ]
    }
}

/// Where one protocol is served.
struct ListenPlace {
    var speaks: WireProtocol
    /// `ADDRESS:PORT` or `off`.
    var text: String
    /// What to say when the place is taken.
    var otherPlace: String
}
