import CatalogModel
import Dashboard
import Foundation
import TraceIngest
import TraceModel
import TraceStore

/// Opens what a dashboard stands on, shows it, and closes everything again.
///
/// It stands on a store: one that it writes itself, one that another process writes, or one of its own that was filled
/// from files and goes when it ends.
struct DashboardSetup {
    var catalogPath: String?
    var storePath: String
    /// Whether somebody asked for this store: it must then be there to be read.
    var isStoreNamed = false
    var listen: ListenOptions
    var retention = Retention()
    var screen: ScreenOptions
    /// Files of spans to look at instead of a store.
    var from: [String] = []
    /// Lines instead of a screen.
    var plain: PlainOptions?
    /// Called with the address that the collector listens on, before the screen opens.
    var started: (String) -> Void = { _ in }

    func run() throws {
        let config = try screen.load()
        let loaded = try CatalogOptions.load(catalogPath)
        // Said before a collector is started for nothing.
        guard plain != nil || (isatty(0) == 1 && isatty(1) == 1) else {
            throw CommandFailure.usage(
                "cannot show the dashboard: standard input and output must be a terminal\n"
                    + "for lines instead of a screen, use --plain; for a collector alone, 'flowglass collect'")
        }
        if from.isEmpty {
            try showStore(loaded, config)
        } else {
            try showFiles(loaded, config)
        }
    }

    // MARK: - A store

    private func showStore(_ loaded: LoadedCatalog, _ config: DashboardConfig) throws {
        if let plain, !plain.follow { return try printOnce(plain, loaded, config) }
        let (collector, attached) = try openCollector(loaded.catalog)
        defer { collector?.close() }
        let addresses = try collector?.listen(listen) ?? []
        if let address = addresses.first { started(address) }
        let ground = Ground(
            loaded: loaded, reader: try storeReader(storePath, loaded.catalog), collector: collector,
            listening: addresses,
            source: addresses.first, notice: attached, window: config.window ?? .fiveMinutes)
        try show(ground, config)
    }

    /// A collector of our own, or none where another process writes the store: then the dashboard only looks.
    private func openCollector(_ catalog: Catalog) throws -> (Collector?, attached: String?) {
        do throws(StoreFailure) {
            return (
                try Collector(opening: storePath, catalog: catalog, Collector.Options(retention: retention)), nil
            )
        } catch {
            guard case .inUse(_, let process) = error else { throw CommandFailure(error) }
            return (nil, "attached to the collector of process \(process.map(String.init) ?? "?")")
        }
    }

    // MARK: - Files

    /// Reads the files into a store that nobody else sees, and looks at their end.
    private func showFiles(_ loaded: LoadedCatalog, _ config: DashboardConfig) throws {
        let folder = NSTemporaryDirectory() + "flowglass-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let collector = try Collector(storePath: folder + "/spans.db", catalog: loaded.catalog)
        defer { collector.close() }
        let files = try SpanFiles.named(from)
        let reports = try files.map { try collector.read($0) }
        guard reports.contains(where: { $0.spans > 0 }) else {
            throw CommandFailure("there is no span in \(from.joined(separator: ", "))")
        }
        let reader = try storeReader(folder + "/spans.db", loaded.catalog)
        let ground = Ground(
            loaded: loaded, reader: reader, collector: collector, listening: [],
            source: from.count == 1 ? from[0] : "\(files.count) files", notice: nil, window: config.window ?? .all,
            until: try newestMoment(reader), isOfFiles: true)
        try show(ground, config)
    }

    /// The end of the minute of the last span; nil where there is none. What stands in files is over, were it of just now.
    private func newestMoment(_ reader: SpanStoreReader) throws -> UInt64? {
        let now = currentTime()
        return try commandResult {
            let messages = try reader.edges(.all, now: now).map(\.figures.lastSeen).max() ?? 0
            let newest = try reader.conversations(limit: 1).first?.end ?? 0
            let last = max(messages, newest)
            return last == 0 || last > .max - 60_000_000_000 ? nil : (last / 60_000_000_000 + 1) * 60_000_000_000
        }
    }

    // MARK: - Showing

    /// What the screen stands on.
    struct Ground {
        var loaded: LoadedCatalog
        var reader: SpanStoreReader
        /// Nil when another process collects.
        var collector: Collector?
        var listening: [String]
        /// Where spans come from, in words.
        var source: String?
        /// Shown first.
        var notice: String?
        var window: TimeWindow
        /// The moment in the past that is looked at first.
        var until: UInt64?
        /// Whether the spans stand in files: nothing comes after them.
        var isOfFiles = false
    }

    /// Watched also while there is nothing: the first catalog appears when it is written.
    private var shownPath: String { catalogPath ?? CatalogOptions.defaultPath }

    private func show(_ ground: Ground, _ config: DashboardConfig) throws {
        guard let plain else {
            return try DashboardSession(
                catalogPath: shownPath, ground: ground, config: config, options: screen
            ).run()
        }
        var session = PlainSession(
            catalogPath: shownPath, loaded: ground.loaded, reader: ground.reader, collector: ground.collector,
            window: ground.window, until: ground.until, screen: screen.screen, filter: plain.filter)
        if plain.follow { try session.follow() } else { try session.printOnce() }
    }

    /// Reads what is stored, and writes nothing.
    private func printOnce(_ plain: PlainOptions, _ loaded: LoadedCatalog, _ config: DashboardConfig) throws {
        let isStored = isStoreNamed || FileManager.default.fileExists(atPath: storePath)
        try PlainSession(
            catalogPath: shownPath, loaded: loaded, reader: isStored ? try storeReader(storePath, loaded.catalog) : nil,
            collector: nil, window: config.window ?? .fiveMinutes, until: nil, screen: screen.screen,
            filter: plain.filter
        ).printOnce()
    }
}

/// `--plain` and what belongs to it.
struct PlainOptions {
    var follow: Bool
    var filter: String
}
