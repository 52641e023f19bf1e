import GRDB
import TraceModel

/// A writer that is replaced when it can go on no longer: when its files turn out to be damaged, are taken away under
/// it, or when the disk has failed.
///
/// Not thread-safe; `SpanStore` uses it on one queue.
final class StoreKeeper: @unchecked Sendable {
    let path: String
    private var settings: SpanStore.Settings
    private var writer: StoreWriter?
    private var isClosed = false
    /// Which file was opened last: it is a store, whatever became of its first page since.
    private var known: UInt64?
    /// Damaged stores that were set aside, newest last.
    private(set) var setAside: [String] = []
    /// When the store was last looked after, by the steady clock.
    private(set) var lastRound: UInt64 = 0

    init(path: String, settings: SpanStore.Settings) {
        self.path = path
        self.settings = settings
    }

    var clock: StoreClock { settings.clock }
    var isOpen: Bool { !isClosed }
    var tell: @Sendable (StoreEvent) -> Void { settings.tell }
    var deliveries: [JoinEvidence?: Int] { writer?.deliveries ?? [:] }

    /// Opens the store; a damaged one is set aside first. What is no store stays as it is.
    func open() throws(WriteFailure) {
        if known == nil || known != StoreFiles.number(of: path) { try StoreMark.check(path) }
        do {
            writer = try StoreWriter(path: path, settings: settings)
            known = StoreFiles.number(of: path)
        } catch .damaged {
            try replace()
        }
    }

    func close() {
        isClosed = true
        writer?.close()
        writer = nil
    }

    // MARK: - Work

    func commit(_ items: [StoreWriter.Item]) throws(WriteFailure) {
        do {
            try opened().commit(items)
        } catch .damaged {
            try replace()
            try opened().commit(items)
        } catch .moved {
            // What was committed goes from the log into the database, wherever that is now.
            letGo()
            try opened().commit(items)
        } catch .failed(let reason) {
            letGo()
            throw .failed(reason: reason)
        }
    }

    /// What would keep the next commit from being made, or is about to; nil when nothing is.
    var trouble: String? {
        guard let writer else { return nil }
        do {
            try writer.reserve.check()
        } catch {
            return WriteFailure(error).reason
        }
        return nil
    }

    /// The messages that joining gave up since this was asked last.
    func takeGivenUp() -> GivenUpMessages {
        defer { writer?.givenUp = GivenUpMessages() }
        return writer?.givenUp ?? GivenUpMessages()
    }

    /// What was taken out since this was asked last.
    func takeEvicted() -> (spans: Int, figures: Int) {
        defer { writer?.evicted = (0, 0) }
        return writer?.evicted ?? (0, 0)
    }

    /// Does a little of what is due; false when nothing is left.
    func keepHouse() throws(WriteFailure) -> Bool {
        lastRound = settings.clock.steady()
        do {
            let writer = try opened()
            if try writer.evict() { return true }
            try writer.shortenLog(beyond: settings.logLimit)
            return false
        } catch .damaged {
            try replace()
            return false
        } catch .failed(let reason) {
            letGo()
            throw .failed(reason: reason)
        }
    }

    func reload(_ settings: SpanStore.Settings) {
        let isReadOtherwise =
            settings.correlationAttributes != self.settings.correlationAttributes
            || settings.routes != self.settings.routes
        self.settings.retention = settings.retention
        self.settings.correlationAttributes = settings.correlationAttributes
        self.settings.routes = settings.routes
        writer?.settings = self.settings
        if isReadOtherwise { writer?.mustReload = true }
    }

    func reindex(progress: (_ done: Int, _ total: Int) -> Void) throws(WriteFailure) {
        try opened().reindex(progress: progress)
    }

    func forgetCache() { writer?.database.releaseMemory() }

    // MARK: - Replacing

    private func opened() throws(WriteFailure) -> StoreWriter {
        if let writer { return writer }
        guard !isClosed else { throw .refused(reason: "the store is closed") }
        try open()
        guard let writer else { throw .refused(reason: "the store is closed") }
        return writer
    }

    private func letGo() {
        writer?.close()
        writer = nil
    }

    private func replace() throws(WriteFailure) {
        writer?.close()
        writer = nil
        setAside.append(StoreFiles(path: path).setAside())
        writer = try StoreWriter(path: path, settings: settings)
        known = StoreFiles.number(of: path)
    }
}
