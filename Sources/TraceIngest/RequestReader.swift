import OTLPCoding
import TraceModel

/// Turns a body into a request for the sink: decompression, transcoding, decoding. The same for HTTP and gRPC.
struct RequestReader: Sendable {
    var bodyLimit: Int
    var depthLimit: Int

    /// - Parameter account: Charged before memory is used for what the body expands to.
    func read(
        _ body: [UInt8], _ intake: HTTPIntake, _ encoding: OTLPEncoding, _ coding: ContentCoding, account: ByteAccount
    ) throws(RequestFailure) -> ReceivedRequest {
        let content: [UInt8]
        do throws(InflateFailure) {
            content = try inflated(body, coding, limit: bodyLimit) { account.take($0) }
        } catch {
            switch error {
            case .damaged: throw .damagedCompression
            case .tooLarge(let limit): throw .tooLarge(limit: limit)
            case .refused: throw .overloaded
            }
        }
        // The views of a batch take about as much as its bytes, and JSON becomes protobuf first.
        guard account.take(encoding == .json ? 2 * content.count : content.count) else { throw .overloaded }
        var limits = OTLPLimits()
        limits.depth = depthLimit
        do throws(OTLPDecodeFailure) {
            return try intake.read(content, encoding, limits)
        } catch {
            throw .malformed(error)
        }
    }
}

/// Why a body is not a request.
enum RequestFailure: Error, Equatable {
    case damagedCompression
    case tooLarge(limit: Int)
    case malformed(OTLPDecodeFailure)
    /// There is no memory for it now.
    case overloaded

    var problem: String {
        switch self {
        case .damagedCompression: "the compressed body is damaged"
        case .tooLarge(let limit): "the request is longer than \(limit) bytes after decompression"
        case .malformed(let failure): failure.description
        case .overloaded: "too many requests are being read"
        }
    }
}
