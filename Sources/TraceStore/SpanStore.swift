import Dispatch
import Foundation
import GRDB
import OTLPCoding
import Synchronization
public import TraceModel

/// The writing side of a store: takes requests, and says yes to each after the commit that holds it.
///
/// Requests are read and hashed on the thread that brings them; one queue joins, compresses and commits whatever has
/// gathered since the last commit (group commit, `synchronous=FULL`). One process writes a store at a time
/// (`WriterLock`); readers open it beside the writer (`SpanStoreReader`).
public final class SpanStore: SpanSink, Sendable {
    /// How a store behaves.
    public struct Settings: Sendable {
        /// Attributes that carry the correlation ID, strongest first.
        public var correlationAttributes: [String] = []
        /// The routes that the catalog knows.
        public var routes = ChannelRoutes()
        /// Decoded bytes that may wait for a commit; beyond it requests are refused with a time to come back.
        public var pendingByteLimit = 128 << 20
        /// Facts kept for joining, at less than a kilobyte each.
        public var joinCapacity = 250_000
        /// Free space below which nothing is accepted any more, in bytes.
        public var minimumFreeSpace = 16 << 20

        public init() {}
    }

    private struct Pending: Sendable {
        var request: ReceivedRequest
        var digest: SpanReader.Digest
        var keys: [UInt64]
        var done: @Sendable (Result<Void, SinkFailure>) -> Void
    }

    private struct Inbox {
        var pending: [Pending] = []
        var bytes = 0
        var isScheduled = false
        var isClosed = false
        var trouble: String?
    }

    public let path: String
    private let settings: Settings
    private let lock: WriterLock
    private let inbox = Mutex(Inbox())
    private let readers: Mutex<[SpanReader]>
    private let queue = DispatchQueue(label: "flowglass.store", qos: .userInitiated)
    /// Only used on `queue`.
    private let writer: StoreWriter

    /// Opens the store at `path`, or makes one; folders are made as needed, for the owner's eyes only.
    ///
    /// A damaged store is set aside as `PATH.corrupt-TIME` and a new one is made: `setAside` names it.
    public static func open(
        _ path: String, settings: Settings = Settings()
    ) throws(StoreFailure) -> (store: SpanStore, setAside: String?) {
        let folder = (path as NSString).deletingLastPathComponent
        do {
            if !folder.isEmpty {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            }
        } catch {
            throw .cannotOpen(path: path, reason: "its folder cannot be made: \(reason(of: error))")
        }
        let lock = try WriterLock(storePath: path)
        var setAside: String?
        let writer: StoreWriter
        do {
            writer = try StoreWriter(path: path, settings: settings)
        } catch .damaged {
            setAside = path + ".corrupt-\(Int(Date().timeIntervalSince1970))"
            for suffix in ["", "-wal", "-shm"] { rename(path + suffix, setAside! + suffix) }
            do {
                writer = try StoreWriter(path: path, settings: settings)
            } catch {
                throw error.failure(path)
            }
        } catch {
            throw error.failure(path)
        }
        return (SpanStore(path: path, settings: settings, lock: lock, writer: writer), setAside)
    }

    private init(path: String, settings: Settings, lock: WriterLock, writer: StoreWriter) {
        self.path = path
        self.settings = settings
        self.lock = lock
        self.writer = writer
        readers = Mutex([])
    }

    // MARK: - Taking requests

    public func submit(_ request: ReceivedRequest, done: @escaping @Sendable (Result<Void, SinkFailure>) -> Void) {
        let size = request.batch.bytes.count + request.raw.count
        let refusal: SinkFailure? = inbox.withLock { inbox in
            if inbox.isClosed { return .unavailable(reason: "the collector is stopping") }
            if inbox.bytes + size > settings.pendingByteLimit && !inbox.pending.isEmpty {
                return .overloaded(retryAfterSeconds: 1)
            }
            inbox.bytes += size
            return nil
        }
        if let refusal { return done(.failure(refusal)) }

        var reader =
            readers.withLock { $0.popLast() }
            ?? SpanReader(correlationAttributes: settings.correlationAttributes)
        let digest = reader.digest(request.batch)
        readers.withLock { $0.append(reader) }
        let pending = Pending(
            request: request, digest: digest, keys: SegmentKeys.keys(of: request.batch, digest), done: done)
        let mustSchedule = inbox.withLock { inbox in
            inbox.pending.append(pending)
            defer { inbox.isScheduled = true }
            return !inbox.isScheduled
        }
        if mustSchedule { queue.async { self.commitPending() } }
    }

    /// Waits until everything submitted so far is committed, refuses what comes, and lets another writer in.
    public func close() {
        inbox.withLock { $0.isClosed = true }
        queue.sync {
            commitPending()
            writer.close()
            lock.release()
        }
    }

    /// What is wrong with the store now, a clause without a full stop; nil when nothing is.
    public var trouble: String? { inbox.withLock { $0.trouble } }

    private func commitPending() {
        let pending = inbox.withLock { inbox in
            defer {
                inbox.pending = []
                inbox.bytes = 0
                inbox.isScheduled = false
            }
            return inbox.pending
        }
        guard !pending.isEmpty else { return }
        let result: Result<Void, SinkFailure>
        do throws(WriteFailure) {
            try writer.commit(
                pending.map { StoreWriter.Item(request: $0.request, digest: $0.digest, keys: $0.keys) })
            result = .success(())
        } catch {
            result = .failure(.unavailable(reason: error.reason))
        }
        inbox.withLock { inbox in
            if case .failure(.unavailable(let reason)) = result { inbox.trouble = reason } else { inbox.trouble = nil }
        }
        for item in pending { item.done(result) }
    }

    // MARK: - Deriving again

    /// Works out edges, figures and hops again from the stored requests, with today's reading of the conventions.
    /// `progress` is told how many of how many segments are done.
    public func reindex(progress: (_ done: Int, _ total: Int) -> Void) throws(StoreFailure) {
        let result: Result<Void, WriteFailure> = queue.sync {
            do throws(WriteFailure) {
                try writer.reindex(progress: progress)
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
    case let error as DatabaseError: (error.message ?? "\(error.resultCode)").lowercasedFirst
    case let error as CocoaError where error.code == .fileWriteNoPermission: "permission denied"
    case let error as CocoaError where error.code == .fileWriteOutOfSpace: "the disk is full"
    default: error.localizedDescription.lowercasedFirst
    }
}

extension String {
    fileprivate var lowercasedFirst: String {
        var text = self
        while text.hasSuffix(".") { text.removeLast() }
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
