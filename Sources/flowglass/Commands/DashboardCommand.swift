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
            """)

    @Argument(
        help: ArgumentHelp("The catalog: a folder or a file (default: ./catalog).", valueName: "catalog"),
        completion: .yaml)
    var path: String?

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var listen: ListenOptions
    @OptionGroup var retention: RetentionOptions

    func run() throws {
        if let path, !FileManager.default.fileExists(atPath: path) {
            let commands = Flowglass.configuration.subcommands.compactMap { $0.configuration.commandName }
            throw CommandFailure.usage(
                "'\(path)' is neither a command nor a catalog that is there" + suggestion(for: path, among: commands))
        }
        try DashboardSetup(
            catalogPath: path ?? catalog.catalog, storePath: store.path, listen: listen, retention: retention.retention
        ).run()
    }
}

/// Opens what a dashboard stands on, shows it, and closes everything again.
struct DashboardSetup {
    var catalogPath: String?
    var storePath: String
    var listen: ListenOptions
    var retention = Retention()
    /// Called with the address that the collector listens on, before the screen opens.
    var started: (String) -> Void = { _ in }

    func run() throws {
        let loaded = try CatalogOptions.load(catalogPath)
        // Said before a collector is started for nothing.
        guard isatty(0) == 1, isatty(1) == 1 else {
            throw CommandFailure.usage(
                "cannot show the dashboard: standard input and output must be a terminal\n"
                    + "for a collector without a screen, use 'flowglass collect'")
        }
        let (collector, notice) = try openCollector(loaded.catalog)
        defer { collector?.close() }
        let addresses = try collector?.listen(listen) ?? []
        if let address = addresses.first { started(address) }
        let reader: SpanStoreReader
        do throws(StoreFailure) {
            reader = try SpanStoreReader(storePath, settings: SpanStore.Settings(loaded.catalog))
        } catch {
            throw CommandFailure(error)
        }
        let shownPath = catalogPath ?? (loaded.filesChecked > 0 ? CatalogOptions.defaultPath : nil)
        try DashboardSession(
            catalogPath: shownPath, loaded: loaded, reader: reader, collector: collector, listening: addresses,
            notice: notice
        ).run()
    }

    /// A collector of our own, or none where another process writes the store: then the dashboard only looks.
    private func openCollector(_ catalog: Catalog) throws -> (Collector?, notice: String?) {
        do throws(StoreFailure) {
            return (try Collector(opening: storePath, catalog: catalog, Collector.Options(retention: retention)), nil)
        } catch {
            guard case .inUse(_, let process) = error else { throw CommandFailure(error) }
            return (nil, "attached to the collector of process \(process.map(String.init) ?? "?")")
        }
    }
}
