import GRDB

/// Why the writer could not do something.
enum WriteFailure: Error, Sendable {
    /// The file is no database, or a damaged one.
    case damaged
    case newerSchema(Int)
    /// The file is somebody else's.
    case notAStore
    /// The files were moved, replaced or deleted under the writer.
    case moved
    /// The disk failed. What an `fsync` that failed was to keep may be lost although a later one succeeds, so that the
    /// connection must not be used any more.
    case failed(reason: String)
    case refused(reason: String)

    init(_ error: any Error) {
        if let failure = error as? WriteFailure {
            self = failure
        } else if let error = error as? DatabaseError,
            error.resultCode == .SQLITE_NOTADB || error.resultCode == .SQLITE_CORRUPT
        {
            self = .damaged
        } else if error is RowDecodingError {
            self = .damaged
        } else if let error = error as? DatabaseError, error.resultCode == .SQLITE_IOERR {
            self = .failed(reason: TraceStore.reason(of: error))
        } else {
            self = .refused(reason: TraceStore.reason(of: error))
        }
    }

    /// A clause without a full stop.
    var reason: String {
        switch self {
        case .damaged: "the file is damaged"
        case .newerSchema(let version): "a newer flowglass made it (schema \(version))"
        case .notAStore: "it is not a store of Flowglass"
        case .moved: "its files were moved or deleted"
        case .failed(let reason), .refused(let reason): reason
        }
    }

    func failure(_ path: String) -> StoreFailure {
        switch self {
        case .newerSchema(let version): .newerSchema(path: path, version: version)
        case .notAStore: .notAStore(path: path)
        case .damaged, .moved, .failed, .refused: .cannotOpen(path: path, reason: reason)
        }
    }
}
