/// Why a store could not be opened or used.
public enum StoreFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another process writes the store; `process` is its id, where it could be read.
    case inUse(path: String, process: Int32?)
    /// There is no store at the path.
    case missing(path: String)
    /// A newer Flowglass made the store.
    case newerSchema(path: String, version: Int)
    /// The file does not carry Flowglass's mark: it is somebody else's, or damaged at its very beginning.
    case notAStore(path: String)
    /// The file system or SQLite refused; `reason` is a clause without a full stop.
    case cannotOpen(path: String, reason: String)
    /// Reading or writing failed later on.
    case failed(path: String, reason: String)

    /// A sentence without a full stop, and what to do about it on a second line where something can be done.
    public var description: String {
        switch self {
        case .inUse(let path, let process):
            "cannot write \(path): another collector\(process.map { " (process \($0))" } ?? "") is using it\n"
                + "attach to it by leaving out the command, or choose another store with --store PATH"
        case .missing(let path):
            "there is no store at \(path)\nstart a collector with 'flowglass collect', or name a store with --store PATH"
        case .newerSchema(let path, let version):
            "\(path) was made by a newer flowglass (schema \(version))\n"
                + "use that version, or choose another store with --store PATH"
        case .notAStore(let path):
            "\(path) is not a store of Flowglass, and stays as it is\nname another file with --store PATH"
        case .cannotOpen(let path, let reason): "cannot open the store \(path): \(reason)"
        case .failed(let path, let reason): "the store \(path) failed: \(reason)"
        }
    }
}
