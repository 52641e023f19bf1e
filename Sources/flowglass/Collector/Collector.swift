import CatalogModel
import Dispatch
import Foundation
import SourceDiagnostics
import OTLPCoding
import Synchronization
import TraceIngest
import TraceModel
import TraceStore

/// A store that is written, and the servers that feed it.
final class Collector: Sendable {
    /// How long requests at hand may take when it is closed; the whole of it is to end within ten seconds.
    private static let grace = Duration.seconds(7)

    struct Options: Sendable {
        var retention = Retention()
        /// Where to tell what happens; programs with a screen show it there.
        var log = EventLog.silent
    }

    let store: SpanStore
    let log: EventLog
    private let retention: Retention
    private let started = Date().timeIntervalSince1970
    private let state = Mutex(State())

    private struct State {
        var servers: [IngestServer] = []
        var admin: IngestServer?
        var reader: SpanStoreReader?
        var watch: RejectionWatch?
    }

    /// Opens the store for writing; it is made where it does not exist.
    init(opening storePath: String, catalog: Catalog, _ options: Options = Options()) throws(StoreFailure) {
        log = options.log
        retention = options.retention
        var settings = SpanStore.Settings(catalog)
        settings.retention = retention
        let log = log
        settings.tell = { log.write($0) }
        let opened = try SpanStore.open(storePath, settings: settings)
        store = opened.store
        if let setAside = opened.setAside {
            Talk.note("the store \(storePath) was damaged: it was set aside as \(setAside), and a new one begun")
        }
    }

    convenience init(storePath: String, catalog: Catalog, _ options: Options = Options()) throws {
        do throws(StoreFailure) {
            try self.init(opening: storePath, catalog: catalog, options)
        } catch {
            throw CommandFailure(error)
        }
    }

    // MARK: - Listening

    /// Begins to listen; gives the addresses for spans, OTLP/HTTP's first, or none where all are off.
    func listen(_ options: ListenOptions) throws -> [String] {
        OpenFileLimit.raise()
        let settings = try options.serverSettings()
        for place in options.places {
            guard let server = try start(place, settings, options) else { continue }
            state.withLock { $0.servers.append(server) }
        }
        let addresses = state.withLock { $0.servers.map(\.address) }
        let pages = ListenPlace(speaks: adminPages, option: "--admin", text: options.admin, otherPort: 4319)
        var adminSettings = settings
        adminSettings.threads = 1
        let admin = try start(pages, adminSettings, options)
        let watch = RejectionWatch(log) { [weak self] in self?.facts(withHealth: false) }
        state.withLock { state in
            state.admin = admin
            state.watch = watch
        }
        return addresses
    }

    /// Where `/healthz` and `/metrics` are; nil where they are not.
    var adminAddress: String? { state.withLock { $0.admin?.address } }

    private func start(
        _ place: ListenPlace, _ settings: ServerSettings, _ options: ListenOptions
    ) throws -> IngestServer? {
        guard let address = try place.address(insecure: options.insecureListen) else { return nil }
        let store = store
        do {
            return try waitFor {
                try await IngestServer.start(
                    place.speaks, address: address.host, port: address.port, sink: store, settings: settings)
            }
        } catch let failure as ListenFailure {
            throw CommandFailure(
                "\(failure.description)\n"
                    + "another collector may be running; choose a port with \(place.option) 127.0.0.1:\(place.otherPort)"
            )
        }
    }

    private var adminPages: WireProtocol {
        .admin([
            "/healthz": { [weak self] in
                self?.facts().healthPage ?? HTTPPage(isFine: false, type: "text/plain", text: "")
            },
            "/metrics": { [weak self] in
                self?.facts().metricsPage ?? HTTPPage(isFine: false, type: "text/plain", text: "")
            },
        ])
    }

    /// How it is now.
    func facts(withHealth: Bool = true) -> CollectorFacts {
        CollectorFacts(
            version: Flowglass.version, databaseVersion: SpanStore.databaseVersion, started: started,
            store: store.counters, health: withHealth ? health() : nil,
            servers: state.withLock { state in
                state.servers.map {
                    CollectorFacts.Server(name: $0.name, address: $0.address, counters: $0.counters)
                }
            })
    }

    private func health() -> StoreHealth? {
        state.withLock { state in
            if state.reader == nil { state.reader = try? SpanStoreReader(store.path) }
            return try? state.reader?.health(now: currentTime())
        }
    }

    // MARK: - Changing and ending

    /// Goes on with another catalog, from the next request on.
    func reload(_ catalog: Catalog) {
        var settings = SpanStore.Settings(catalog)
        settings.retention = retention
        store.reload(settings)
    }

    /// Stops listening, finishes what was begun, and closes the store.
    func close() {
        let (servers, watch) = state.withLock { ($0.servers + [$0.admin].compactMap { $0 }, $0.watch) }
        watch?.stop()
        try? waitFor {
            await withTaskGroup { group in
                for server in servers { group.addTask { await server.shutdown(grace: Self.grace) } }
            }
        }
        store.close()
    }

    // MARK: - Files

    /// Reads a file into the store; places that cannot be read are told on standard error.
    func read(_ path: String) throws -> FileReport {
        let store = store
        return try told { try await FileSource.load(path, into: store) }
    }

    /// The same for a correlation log.
    func read(log path: String, as log: CorrelationLog) throws -> FileReport {
        let store = store
        return try told { try await LogSource.load(path, as: log, into: store) }
    }

    private func told(_ load: @escaping @Sendable () async throws -> FileReport) throws -> FileReport {
        let report: FileReport
        do {
            report = try waitFor(load)
        } catch let failure as FileFailure {
            throw CommandFailure(failure)
        }
        for problem in report.problems { Talk.note(problem.description) }
        if let failure = report.sinkFailure {
            throw CommandFailure("cannot write \(store.path): \(failure.clause)")
        }
        return report
    }

    /// Works out everything derived again, with progress on a terminal; gives how many segments there are.
    func reindex() throws -> Int {
        let isTerminal = isatty(2) == 1
        var segments = 0
        do throws(StoreFailure) {
            try store.reindex { done, total in
                segments = total
                if isTerminal { Talk.write("\rreindex: \(done) of \(total) segments") }
            }
        } catch {
            throw CommandFailure(error)
        }
        if isTerminal { Talk.write("\n") }
        return segments
    }
}

extension SinkFailure {
    /// A clause without a full stop.
    var clause: String {
        switch self {
        case .overloaded: "more waits to be written than may"
        case .unavailable(let reason): reason
        }
    }
}

extension EventLog {
    /// What happens to a store.
    func write(_ event: StoreEvent) {
        switch event {
        case .troubled(let reason):
            write(
                .error, "spans cannot be kept", [("reason", .string(reason))],
                text: "spans cannot be kept: \(reason); clients are told to come back")
        case .recovered: write(.info, "spans are kept again")
        case .setAside(let path):
            write(
                .error, "the store was damaged and set aside", [("path", .string(path))],
                text: "the store was damaged: it was set aside as \(path), and a new one begun")
        case .evicted(let spans, let figures):
            write(
                .info, "evicted", [("spans", .number(spans)), ("figures", .number(figures))],
                text: "evicted \(spans) spans and \(figures) figures that are kept no longer")
        }
    }
}
