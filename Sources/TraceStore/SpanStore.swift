import Dispatch
import Foundation
import GRDB
import OTLPCoding
import Synchronization
public import TraceModel

/// The writing side of a store: takes requests, and says yes to each after the commit that holds it.
///
/// Requests are read, hashed and compressed on the thread that brings them; one queue joins and commits whatever has
/// gathered since the last commit (group commit, `synchronous=FULL`), and evicts in between. One process writes a store
/// at a time (`WriterLock`); readers open it beside the writer (`SpanStoreReader`).
public final class SpanStore: SpanSink, Sendable {
    private struct Pending: Sendable {
        var item: StoreWriter.Item
        var done: @Sendable (Result<Void, SinkFailure>) -> Void
    }

    private struct Inbox {
        var pending: [Pending] = []
        var bytes = 0
        var isScheduled = false
        var isClosed = false
    }

    /// What readers of requests need, and readers that wait for the next request.
    private struct Reading {
        var correlationAttributes: [String]
        var readers: [SpanReader] = []
    }

    public let path: String
    let lock: WriterLock
    private let pendingByteLimit: Int
    private let inbox = Mutex(Inbox())
    private let reading: Mutex<Reading>
    private let tally = Mutex(StoreCounters())
    let queue = DispatchQueue(label: "flowglass.store", qos: .userInitiated)
    let keeper: StoreKeeper

    /// Opens the store at `path`, or makes one; folders are made as needed, for the owner's eyes only.
    ///
    /// A damaged store is set aside as `PATH.corrupt-TIME` and a new one is made: `setAside` names it. A file that is no
    /// store is left as it is.
    /// - Throws: where the file is no store, another process writes it, or it cannot be opened.
    public static func open(
        _ path: String, settings: Settings = Settings()
    ) throws(StoreFailure) -> (store: SpanStore, setAside: String?) {
        // Before anything is written beside it.
        do { try StoreMark.check(path) } catch { throw error.failure(path) }
        do {
            try FileManager.default.createDirectory(
                atPath: StorePath.folder(of: path), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw .cannotOpen(path: path, reason: "its folder cannot be made: \(reason(of: error))")
        }
        let lock = try WriterLock(storePath: path)
        let keeper = StoreKeeper(path: path, settings: settings)
        do {
            try keeper.open()
        } catch {
            throw error.failure(path)
        }
        return (SpanStore(path: path, settings: settings, lock: lock, keeper: keeper), keeper.setAside.first)
    }

    private init(path: String, settings: Settings, lock: WriterLock, keeper: StoreKeeper) {
        self.path = path
        self.lock = lock
        self.keeper = keeper
        pendingByteLimit = settings.pendingByteLimit
        reading = Mutex(Reading(correlationAttributes: settings.correlationAttributes))
        tally.withLock { $0.setAside = keeper.setAside }
        keepHouse(after: .seconds(30))
    }

    // MARK: - Taking requests

    public func submit(_ request: ReceivedRequest, done: @escaping @Sendable (Result<Void, SinkFailure>) -> Void) {
        let size = request.batch.bytes.count + request.raw.count
        let refusal: SinkFailure? = inbox.withLock { inbox in
            if inbox.isClosed { return .unavailable(reason: "the collector is stopping") }
            if inbox.bytes + size > pendingByteLimit && inbox.bytes > 0 {
                return .overloaded(retryAfterSeconds: 1)
            }
            inbox.bytes += size
            return nil
        }
        if let refusal { return done(.failure(refusal)) }

        let digest = digest(request.batch)
        let item = StoreWriter.Item(
            request: request, facts: digest.facts, profiles: digest.profiles,
            keys: SegmentKeys.keys(of: request.batch, digest), ownData: SegmentBuilder.ownData(of: request))
        let pending = Pending(item: item, done: done)
        let mustSchedule = inbox.withLock { inbox in
            inbox.pending.append(pending)
            defer { inbox.isScheduled = true }
            return !inbox.isScheduled
        }
        if mustSchedule { queue.async { self.commitPending() } }
        // While the writer joins, or commits what came before.
        _ = item.ownData?.value
    }

    private func digest(_ batch: OTLPBatch) -> SpanReader.Digest {
        var (reader, attributes) = reading.withLock { reading in
            let reader = reading.readers.popLast()
            return (
                reader ?? SpanReader(correlationAttributes: reading.correlationAttributes),
                reading.correlationAttributes
            )
        }
        let digest = reader.digest(batch)
        reading.withLock { reading in
            if reading.correlationAttributes == attributes { reading.readers.append(reader) }
        }
        return digest
    }

    /// Waits until everything submitted so far is committed, refuses what comes, and lets another writer in.
    public func close() {
        inbox.withLock { $0.isClosed = true }
        queue.sync {
            commitPending()
            keeper.close()
            lock.release()
        }
    }

    private func commitPending() {
        let (pending, bytes) = inbox.withLock { inbox in
            defer {
                inbox.pending = []
                inbox.isScheduled = false
            }
            let bytes = inbox.pending.reduce(0) { $0 + $1.item.request.batch.bytes.count + $1.item.request.raw.count }
            return (inbox.pending, bytes)
        }
        guard !pending.isEmpty else { return }
        let start = ContinuousClock.now
        let result: Result<Void, SinkFailure>
        do throws(WriteFailure) {
            try keeper.commit(pending.map(\.item))
            result = .success(())
        } catch {
            result = .failure(.unavailable(reason: error.reason))
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        // Counted until now: what is being committed holds memory too.
        inbox.withLock { $0.bytes -= bytes }
        tally.withLock { tally in
            tally.commitTimes.record(seconds)
            if case .success = result {
                tally.commits += 1
                tally.spans += pending.reduce(0) { $0 + $1.item.request.batch.spans.count }
            } else {
                tally.failedCommits += 1
            }
            tally.givenUp += keeper.takeGivenUp()
            for (evidence, count) in keeper.deliveries {
                if let evidence { tally.joined[evidence] = count } else { tally.unjoined = count }
            }
        }
        if case .failure(.unavailable(let reason)) = result { note(trouble: reason) } else { note(trouble: nil) }
        for item in pending { item.done(result) }
        keepHouseSoon()
    }

    // MARK: - Looking at it

    /// What is wrong with the store now, a clause without a full stop; nil when nothing is.
    public var trouble: String? { tally.withLock { $0.trouble } }

    public var counters: StoreCounters {
        var counters = tally.withLock { $0 }
        inbox.withLock { inbox in
            counters.waitingRequests = inbox.pending.count
            counters.waitingBytes = inbox.bytes
        }
        return counters
    }

    /// Takes note of how the store is, and tells what has changed.
    func note(trouble: String?) {
        let setAside = keeper.setAside
        let (before, known) = tally.withLock { tally in
            defer { (tally.trouble, tally.setAside) = (trouble, setAside) }
            return (tally.trouble, tally.setAside.count)
        }
        for path in setAside.dropFirst(known) { keeper.tell(.setAside(path)) }
        guard before != trouble else { return }
        if let trouble { keeper.tell(.troubled(trouble)) } else { keeper.tell(.recovered) }
    }

    /// The version of SQLite, e.g. `3.40.1`.
    public static let databaseVersion: String = {
        let version = try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }
        return version ?? "unknown"
    }()

    // MARK: - Changing

    /// Goes on with other settings: retention, correlation attributes and routes change from the next request on. What
    /// was derived before stays (`reindex` works it out again).
    public func reload(_ settings: Settings) {
        reading.withLock { reading in
            guard reading.correlationAttributes != settings.correlationAttributes else { return }
            reading = Reading(correlationAttributes: settings.correlationAttributes)
        }
        queue.async {
            self.keeper.reload(settings)
            self.keepHouse(after: .zero)
        }
    }

    /// Works out edges, figures and hops again from the stored requests, with today's reading of the conventions.
    /// `progress` is told how many of how many segments are done.
    public func reindex(progress: (_ done: Int, _ total: Int) -> Void) throws(StoreFailure) {
        let result: Result<Void, WriteFailure> = queue.sync {
            do throws(WriteFailure) {
                try keeper.reindex(progress: progress)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        if case .failure(let error) = result { throw .failed(path: path, reason: error.reason) }
    }
}

/// What an error of the file system or of SQLite says, as a clause without a full stop.
func reason(of error: any Error) -> String {
    switch error {
    case let error as DatabaseError where error.resultCode == .SQLITE_FULL: "the disk is full"
    case let error as DatabaseError where error.resultCode == .SQLITE_READONLY:
        "it or its folder cannot be written to, which SQLite wants for reading, too\n"
            + "copy it, with its -wal file where there is one, into a folder of your own"
    case let error as DatabaseError: (error.message ?? "\(error.resultCode)").lowercasedFirst
    case let error as CocoaError where error.code == .fileWriteOutOfSpace: "the disk is full"
    case let error as CocoaError where error.underlying is POSIXError:
        ((error.underlying as? POSIXError).map { String(cString: strerror($0.code.rawValue)) } ?? "").lowercasedFirst
    default: error.localizedDescription.lowercasedFirst
    }
}

extension String {
    /// As the clause of a sentence, without a full stop.
    var lowercasedFirst: String {
        var text = self
        while text.hasSuffix(".") { text.removeLast() }
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
