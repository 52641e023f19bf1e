/// Why compressed bytes could not be inflated.
enum InflateFailure: Error, Equatable {
    /// They are not in the format, break off, or something else follows them.
    case damaged
    /// The result is longer than this many bytes.
    case tooLarge(limit: Int)
    /// No memory is granted for the result now.
    case refused
}
