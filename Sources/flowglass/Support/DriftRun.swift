import CatalogLint
import CatalogModel
import FlowMatching
import SourceDiagnostics
import TraceModel
import TraceStore

/// A catalog laid beside what a store holds, over a window.
struct DriftRun {
    /// Spans arrive when they end, and may be late.
    private static let lateness: UInt64 = 60_000_000_000

    let loaded: LoadedCatalog
    let context: DriftContext

    /// - Parameters:
    ///   - now: The end of the window; nanoseconds since the Unix epoch.
    ///   - isOver: Whether that is a moment in the past: what came after it is left out.
    ///   - settled: Until when messages could have been handled: later than `now` where nothing more will come.
    ///   - limit: Evidence is taken from so many spans at the most, the newest ones.
    init(
        _ loaded: LoadedCatalog, _ reader: SpanStoreReader, _ window: TimeWindow, now: UInt64, isOver: Bool = false,
        settled: UInt64, limit: Int = .max
    ) throws {
        self.loaded = loaded
        let catalog = loaded.catalog
        context = try commandResult {
            let graph = FlowGraph(catalog: catalog, observed: try reader.edges(window, now: now, isOver: isOver))
            let from = window.nanoseconds.map { now - min(now, $0) } ?? 0
            let end = isOver ? now : .max
            func evidence(arrived last: UInt64) throws(StoreFailure) -> Evidence {
                var collector = EvidenceCollector(
                    catalog: catalog, graph: graph, from: from, until: end, now: settled)
                try reader.forEachRequest(since: from, until: last, limit: limit) { collector.add($0) }
                return collector.finish()
            }
            var found = try evidence(arrived: isOver ? now &+ Self.lateness : .max)
            // What was read from files was received long after it happened.
            if isOver, found.spans == 0 { found = try evidence(arrived: .max) }
            let waits = try reader.waits(window, slots: driftWaitSlots, now: now, isOver: isOver)
            return DriftContext(catalog: catalog, graph: graph, evidence: found, waits: waits)
        }
    }

    /// Every finding, as `lint:` and the comments in the catalog have it; rules that were `asked` for by name are on.
    func found(asked: Set<String> = []) -> [DriftFinding] {
        applyLintSettings(to: driftFindings(in: context), at: \.diagnostic, of: loaded, asked: asked)
    }

    func report(_ findings: [Diagnostic], of command: String) -> Report {
        Report(
            diagnostics: findings, sources: loaded.sources, filesChecked: loaded.filesChecked,
            rules: ruleSummaries.filter { driftSeverities[$0.name] != nil }, toolVersion: Flowglass.version,
            command: command)
    }
}
