import ArgumentParser
import CatalogModel
import Foundation
import TraceStore

struct DashboardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard",
        abstract: "The dashboard over a catalog and the spans that arrive (the default).",
        discussion: """
            Starts a collector on 127.0.0.1:4318 (HTTP) and 4317 (gRPC), or attaches to the one that already uses the store.

            EXAMPLES
              flowglass
              flowglass path/to/catalog --http 127.0.0.1:4328 --grpc off
              flowglass --from spans.json.gz           a file of spans, without a collector
              flowglass --plain --screen drift         the same facts as lines
              flowglass --plain --follow               and what changes, line by line
            """)

    @Argument(
        help: ArgumentHelp("The catalog: a folder or a file (default: ./catalog).", valueName: "catalog"),
        completion: .yaml)
    var path: String?

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var listen: ListenOptions
    @OptionGroup var retention: RetentionOptions
    @OptionGroup var screen: ScreenOptions

    @Option(
        help: ArgumentHelp(
            "Look at files of spans instead of a store: OTLP (.pb, .json, JSON lines), Jaeger's and Zipkin's JSON, each "
                + "also .gz or .zst; or at all of them in a folder.", valueName: "path"))
    var from: [String] = []

    @Flag(help: "The facts as lines of words instead of a screen; needs no terminal.")
    var plain = false

    @Flag(help: "With --plain: go on, and print what changes.")
    var follow = false

    @Option(help: ArgumentHelp("With --plain: only rows that match, as typed behind '/'.", valueName: "text"))
    var filter = ""

    func validate() throws {
        guard plain || (!follow && filter.isEmpty) else {
            throw ValidationError("--follow and --filter belong to --plain")
        }
        guard from.isEmpty || store.store == nil else {
            throw ValidationError("--from looks at files instead of a store: leave --store out, or --from")
        }
        guard from.isEmpty || !follow else { throw ValidationError("a file does not change: --follow needs a store") }
    }

    func run() throws {
        if let path, !FileManager.default.fileExists(atPath: path) {
            throw CommandFailure.usage(
                "'\(path)' is neither a command nor a catalog that is there"
                    + suggestion(for: path, among: Flowglass.commandNames))
        }
        try DashboardSetup(
            catalogPath: path ?? catalog.catalog, storePath: store.path, isStoreNamed: store.store != nil,
            listen: listen,
            retention: retention.retention, screen: screen, from: from,
            plain: plain ? PlainOptions(follow: follow, filter: filter) : nil
        ).run()
    }
}
