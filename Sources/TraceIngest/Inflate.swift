import CZlib

/// Inflates a whole body with zlib.
///
/// Several gzip members after each other are one body (RFC 1952, section 2.2); anything else after the end is damage.
/// - Parameters:
///   - limit: The longest result in bytes.
///   - grant: Asked before memory for that many further bytes is used; false ends the work.
func inflated(
    _ bytes: [UInt8], _ coding: ContentCoding, limit: Int, grant: (Int) -> Bool = { _ in true }
) throws(InflateFailure) -> [UInt8] {
    guard coding != .identity else {
        guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
        return bytes
    }
    guard var stream = InflateStream(windowBits: coding.windowBits(firstBytes: bytes.prefix(2))) else {
        throw .refused
    }
    // One byte more than the limit, so that a result of just the limit is seen to end.
    let most = limit == .max ? limit : limit + 1
    var capacity = min(most, max(expectedCount(bytes, coding), 4096))
    guard grant(capacity) else { throw .refused }
    var result = [UInt8](repeating: 0, count: capacity)
    var count = 0
    var consumed = 0
    while true {
        let step = stream.step(from: bytes[consumed...], into: &result, at: count)
        consumed += step.consumed
        count += step.produced
        guard count <= limit else { throw .tooLarge(limit: limit) }
        switch step.end {
        case .damaged: throw .damaged
        case .needsOutput:
            let larger = min(most, capacity * 2)
            guard grant(larger - capacity) else { throw .refused }
            result.append(contentsOf: repeatElement(0, count: larger - capacity))
            capacity = larger
        case .needsInput: throw .damaged
        case .finished:
            guard consumed < bytes.count else {
                result.removeLast(result.count - count)
                return result
            }
            guard coding == .gzip, stream.beginNextMember() else { throw .damaged }
        }
    }
}

/// A guess at the length of the result: what a gzip trailer says, as far as deflate can compress at all (1032 to 1).
private func expectedCount(_ bytes: [UInt8], _ coding: ContentCoding) -> Int {
    let most = bytes.count > Int.max / 1032 ? Int.max : bytes.count * 1032
    guard coding == .gzip, bytes.count >= 18 else { return min(most, bytes.count * 4) }
    let trailer = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    return min(most, trailer + 1)
}
