import NIOHTTP1
import OTLPCoding
import TraceModel

/// The answers to what became of a request that was received whole.
extension HTTPAnswer {
    /// Seconds after which a client should come back when memory was short.
    static let pause = 1
    /// Seconds after which a client should come back when the store cannot write.
    static let longPause = 5

    static func answer(to outcome: IngestService.Outcome, _ encoding: OTLPEncoding) -> HTTPAnswer {
        switch outcome {
        case .stored(let result, let rejected): answer(to: result, rejected: rejected, encoding)
        case .failed(let failure): answer(to: failure, encoding)
        }
    }

    static func answer(to failure: RequestFailure, _ encoding: OTLPEncoding) -> HTTPAnswer {
        switch failure {
        case .damagedCompression, .malformed:
            .failure(.badRequest, .invalidArgument, failure.problem, encoding)
        case .tooLarge: .failure(.payloadTooLarge, .resourceExhausted, failure.problem, encoding)
        case .overloaded:
            .failure(
                .serviceUnavailable, .unavailable, failure.problem, encoding, retryAfterSeconds: HTTPAnswer.pause)
        }
    }

    static func answer(
        to result: Result<Void, SinkFailure>, rejected: OTLPBatch.Rejections, _ encoding: OTLPEncoding
    ) -> HTTPAnswer {
        switch result {
        case .success: .success(OTLPReply(rejected), encoding)
        case .failure(.overloaded(let seconds)):
            .failure(
                .tooManyRequests, .resourceExhausted, "more spans are waiting than can be held", encoding,
                retryAfterSeconds: max(1, seconds))
        case .failure(.unavailable(let reason)):
            .failure(.serviceUnavailable, .unavailable, reason, encoding, retryAfterSeconds: HTTPAnswer.longPause)
        }
    }
}

extension OTLPReply {
    /// What is said about the spans of a request that could not be used.
    init(_ rejected: OTLPBatch.Rejections) {
        guard rejected.count > 0 else {
            self.init()
            return
        }
        let spans = rejected.count == 1 ? "1 span" : "\(rejected.count) spans"
        self.init(
            rejectedSpans: rejected.count, message: "\(spans) cannot be used (\(rejected.reason ?? "malformed"))")
    }
}
