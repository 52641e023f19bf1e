import ArgumentParser
import SourceDiagnostics
import TraceStore

struct ReindexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reindex",
        abstract: "Work out edges and figures again from the stored spans.",
        discussion: """
            The requests are kept as they came, so that a better reading of them reaches the past too.

            EXAMPLE
              flowglass reindex --store spans.db
            """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
        let catalog = try catalog.loadWithWarning()
        // Opening the reader first tells a missing store from an empty one.
        _ = try store.reader(catalog)
        let collector = try Collector(storePath: store.path, catalog: catalog)
        defer { collector.close() }
        let segments = try collector.reindex()
        Talk.note("edges and figures of \(store.path) are worked out again from \(counted(segments, "segment"))")
    }
}
