import CatalogLint
import CatalogModel
import FlowMatching
import SourceDiagnostics
import TraceModel
import TraceStore

/// A catalog laid beside what a store holds, over a window.
struct DriftRun {
    let loaded: LoadedCatalog
    let context: DriftContext

    /// - Parameters:
    ///   - now: The end of the window; nanoseconds since the Unix epoch.
    ///   - settled: Until when messages could have been handled: later than `now` where nothing more will come.
    init(_ loaded: LoadedCatalog, _ reader: SpanStoreReader, _ window: TimeWindow, now: UInt64, settled: UInt64) throws
    {
        self.loaded = loaded
        let catalog = loaded.catalog
        context = try commandResult {
            let graph = FlowGraph(catalog: catalog, observed: try reader.edges(window, now: now))
            let from = window.nanoseconds.map { now - min(now, $0) } ?? 0
            var collector = EvidenceCollector(catalog: catalog, graph: graph, from: from, now: settled)
            try reader.forEachRequest(since: from) { collector.add($0) }
            let waits = try reader.waits(window, slots: driftWaitSlots, now: now)
            return DriftContext(catalog: catalog, graph: graph, evidence: collector.finish(), waits: waits)
        }
    }

    /// Every finding, as `lint:` and the comments in the catalog have it.
    var findings: [Diagnostic] { applyLintSettings(to: driftFindings(in: context), of: loaded) }

    func report(_ findings: [Diagnostic]) -> Report {
        Report(
            diagnostics: findings, sources: loaded.sources, filesChecked: loaded.filesChecked,
            rules: ruleSummaries.filter { driftSeverities[$0.name] != nil }, toolVersion: Flowglass.version)
    }
}
