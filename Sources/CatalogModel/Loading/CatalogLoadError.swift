/// Why there is no catalog at all. What is wrong inside its files is never thrown.
public enum CatalogLoadError: Error, Equatable, CustomStringConvertible {
    case notFound(path: String)
    case unreadable(path: String, reason: String)
    case notAFileOrFolder(path: String)

    init(_ path: String, _ failure: FileSystem.Failure) {
        let missing = FileSystem.Failure(code: 2)
        self = failure == missing ? .notFound(path: path) : .unreadable(path: path, reason: failure.reason)
    }

    public var description: String {
        switch self {
        case .notFound(let path): "cannot read the catalog '\(path)': no such file or folder"
        case .unreadable(let path, let reason): "cannot read the catalog '\(path)': \(reason)"
        case .notAFileOrFolder(let path): "cannot read the catalog '\(path)': it is neither a file nor a folder"
        }
    }
}
