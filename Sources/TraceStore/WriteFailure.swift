import GRDB

/// Why the writer could not do something.
enum WriteFailure: Error, Sendable {
    /// The file is no database, or a damaged one.
    case damaged
    case newerSchema(Int)
    case refused(reason: String)

    init(_ error: any Error) {
        if let failure = error as? WriteFailure {
            self = failure
        } else if let error = error as? DatabaseError,
            error.resultCode == .SQLITE_NOTADB || error.resultCode == .SQLITE_CORRUPT
        {
            self = .damaged
        } else {
            self = .refused(reason: TraceStore.reason(of: error))
        }
    }

    /// A clause without a full stop.
    var reason: String {
        switch self {
        case .damaged: "the file is damaged"
        case .newerSchema(let version): "a newer flowglass made it (schema \(version))"
        case .refused(let reason): reason
        }
    }

    func failure(_ path: String) -> StoreFailure {
        switch self {
        case .newerSchema(let version): .newerSchema(path: path, version: version)
        case .damaged, .refused: .cannotOpen(path: path, reason: reason)
        }
    }
}
