import CatalogModel
import Dashboard
import Dispatch
import Foundation
import Synchronization
import TerminalUI
import TraceModel
import TraceStore

/// The dashboard as lines on standard output: once, or with `--follow` on and on.
struct PlainSession {
    var catalogPath: String
    var loaded: LoadedCatalog
    /// Nil where nothing is stored yet.
    var reader: SpanStoreReader?
    /// Nil when another process collects, or nobody does.
    var collector: Collector?
    var window: TimeWindow
    var until: UInt64?
    var screen: String?
    var filter: String

    private static let conversationLimit = 200

    private func makeModel() -> DashboardModel {
        let settings = PlainLines.settings(
            secondsFromUTC: TimeZone.current.secondsFromGMT(), catalogPath: catalogPath)
        // A width at which nothing is left out.
        var model = DashboardModel(
            size: Size(width: 300, height: 100), settings: settings, window: window, until: until)
        _ = model.update(.catalog(loaded.catalog, DashboardWorker.findings(of: loaded)))
        return model
    }

    private func look(_ model: inout DashboardModel) throws {
        let now = currentTime()
        var look =
            try reader.map { reader in
                try commandResult {
                    try LiveLook(
                        reader, loaded.catalog, window: window, until: until,
                        conversations: Self.conversationLimit, now: now)
                }
            } ?? LiveLook(loaded.catalog, now: now)
        look.snapshot.health.note(collector)
        _ = model.updateAtOnce(.data(look.graph, look.snapshot))
    }

    /// Drift is worked out where it is shown.
    private var showsDrift: Bool { screen == nil || screen == "drift" }

    private func lookForDrift(_ model: inout DashboardModel) throws {
        guard showsDrift else { return }
        let report =
            if let reader {
                try DriftReport(loaded, reader, window, until: until)
            } else {
                DriftReport(window)
            }
        _ = model.update(.drift(report))
    }

    func printOnce() throws {
        var model = makeModel()
        try look(&model)
        try lookForDrift(&model)
        print(PlainLines.lines(model, screen: screen, filter: filter))
    }

    /// Prints what changes until a signal, or until nobody reads any more.
    mutating func follow() throws {
        var model = makeModel()
        try look(&model)
        var pace = Pace(shortest: 5, factor: 19)
        func lookForDrift() throws {
            let start = Pace.now()
            try self.lookForDrift(&model)
            pace.note(from: start)
        }
        try lookForDrift()
        print(PlainLines.lines(model, screen: screen, filter: filter))
        var isDriftStale = false
        var events = PlainEvents()
        _ = events.lines(model)
        let changed = DispatchSemaphore(value: 0)
        let isEnding = Mutex(false)
        let watch = reader.flatMap { StoreWatch(storePath: $0.path) { changed.signal() } }
        defer { watch?.stop() }
        let isCatalogNew = Mutex(false)
        let catalogWatch = try? FileWatch([catalogPath]) {
            isCatalogNew.withLock { $0 = true }
            changed.signal()
        }
        defer { catalogWatch?.stop() }
        let signals = SignalWait([SIGINT, SIGTERM])
        DispatchQueue.global().async {
            _ = signals.wait()
            isEnding.withLock { $0 = true }
            changed.signal()
        }
        while !isEnding.withLock({ $0 }) {
            // What was put off is looked at in the end, also when nothing more arrives.
            if isDriftStale {
                _ = changed.wait(timeout: .now() + pace.wait())
            } else {
                changed.wait()
            }
            // Many commits are one look.
            Thread.sleep(forTimeInterval: 1)
            while changed.wait(timeout: .now()) == .success {}
            if isEnding.withLock({ $0 }) || Output.isClosed { break }
            if isCatalogNew.withLock({ isNew in
                defer { isNew = false }
                return isNew
            }), let loaded = try? CatalogOptions.load(catalogPath) {
                self.loaded = loaded
                collector?.reload(loaded.catalog)
                reader?.reload(SpanStore.Settings(loaded.catalog))
                _ = model.update(.catalog(loaded.catalog, DashboardWorker.findings(of: loaded)))
            }
            try look(&model)
            isDriftStale = pace.wait() > 0
            if !isDriftStale { try lookForDrift() }
            print(events.lines(model))
        }
    }

    private func print(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        Output.write(lines.joined(separator: "\n") + "\n")
    }
}
