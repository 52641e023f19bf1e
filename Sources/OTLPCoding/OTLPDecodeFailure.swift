/// Why a request could not be read at all.
///
/// ```
/// invalid UTF-8 in a span name at byte 1204
/// ```
public struct OTLPDecodeFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, as a clause without a full stop and without a place.
    public var problem: String
    /// Where it was noticed, in bytes from the start of the request.
    public var offset: Int

    public init(problem: String, offset: Int) {
        self.problem = problem
        self.offset = offset
    }

    public var description: String { "\(problem) at byte \(offset)" }
}
