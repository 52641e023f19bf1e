import CatalogModel
import Dispatch
import Foundation
import OTLPCoding
import Synchronization
import TraceIngest
import TraceModel
import TraceStore

/// A store that is written, and the server that feeds it.
final class Collector: Sendable {
    let store: SpanStore
    private let servers = Mutex<[IngestServer]>([])

    /// Opens the store for writing; it is made where it does not exist.
    init(opening storePath: String, catalog: Catalog) throws(StoreFailure) {
        let opened = try SpanStore.open(storePath, settings: SpanStore.Settings(catalog))
        store = opened.store
        if let setAside = opened.setAside {
            Talk.note("the store \(storePath) was damaged: it was set aside as \(setAside), and a new one begun")
        }
    }

    convenience init(storePath: String, catalog: Catalog) throws {
        do throws(StoreFailure) {
            try self.init(opening: storePath, catalog: catalog)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Begins to listen; gives the addresses, OTLP/HTTP's first, or none where both are off.
    func listen(_ options: ListenOptions) throws -> [String] {
        for place in options.places {
            guard let server = try start(place, options.insecureListen) else { continue }
            servers.withLock { $0.append(server) }
        }
        return servers.withLock { $0.map(\.address) }
    }

    /// Starts a server, unless its place is `off`.
    private func start(_ place: ListenPlace, _ isInsecureAllowed: Bool) throws -> IngestServer? {
        guard place.text != "off" else { return nil }
        let (address, port) = try Self.parse(place.text)
        guard isInsecureAllowed || Self.isLoopback(address) else {
            throw CommandFailure.usage(
                "will not listen on \(place.text): anybody who reaches this machine could send spans\n"
                    + "listen on 127.0.0.1, or say --insecure-listen")
        }
        let store = store
        do {
            return try waitFor { try await IngestServer.start(place.speaks, address: address, port: port, sink: store) }
        } catch let failure as ListenFailure {
            throw CommandFailure(
                "\(failure.description)\nanother collector may be running; choose a port with \(place.otherPlace)")
        }
    }

    /// Stops listening, finishes what was begun, and closes the store.
    func close() {
        let servers = servers.withLock { $0 }
        try? waitFor {
            await withTaskGroup { group in
                for server in servers { group.addTask { await server.shutdown() } }
            }
        }
        store.close()
    }

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

    /// Works out everything derived again, with progress on a terminal.
    func reindex() throws {
        let isTerminal = isatty(2) == 1
        do throws(StoreFailure) {
            try store.reindex { done, total in
                if isTerminal { Talk.write("\rreindex: \(done) of \(total) segments") }
            }
        } catch {
            throw CommandFailure(error)
        }
        if isTerminal { Talk.write("\n") }
    }

    /// `127.0.0.1:4318`, `[::1]:4318`
    private static func parse(_ text: String) throws -> (address: String, port: Int) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port), colon != text.startIndex
        else {
            throw CommandFailure.usage(
                "'\(text)' is no address to listen on: it wants ADDRESS:PORT, e.g. 127.0.0.1:4318, or off")
        }
        let address = text[..<colon].trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        return (address, port)
    }

    private static func isLoopback(_ address: String) -> Bool {
        address == "localhost" || address == "::1" || address.hasPrefix("127.")
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
