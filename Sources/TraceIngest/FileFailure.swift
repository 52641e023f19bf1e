/// Why a file could not be read at all.
///
/// ```
/// cannot read spans.jsonl: no such file or directory
/// ```
public struct FileFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public var path: String
    /// A clause without a full stop.
    public var reason: String

    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    public var description: String { "cannot read \(path): \(reason)" }
}

/// A place in a file that could not be used.
///
/// ```
/// spans.jsonl:12: 'traceId' is not a string of hexadecimal digits at byte 214
/// ```
public struct FileProblem: Sendable, Equatable, CustomStringConvertible {
    public var path: String
    /// From 1; nil for binary files.
    public var line: Int?
    /// A clause without a full stop.
    public var message: String

    public init(path: String, line: Int?, message: String) {
        self.path = path
        self.line = line
        self.message = message
    }

    public var description: String { "\(path):\(line.map { "\($0):" } ?? "") \(message)" }
}
