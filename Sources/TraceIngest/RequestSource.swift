/// Where requests come from one after the other: a file of spans, a log.
public protocol RequestSource: ~Copyable {
    /// The next request or problem; nil at the end.
    mutating func next() throws(FileFailure) -> FileSource.Item?
}
