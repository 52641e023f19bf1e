import NIOHTTP1
import OTLPCoding
import TraceModel

/// The answers to what became of a request that was received whole.
extension HTTPAnswer {
    /// Seconds after which a client should come back when memory was short.
    static let pause = 1
    /// Seconds after which a client should come back when the store cannot write.
    static let longPause = 5

    static func answer(
        to outcome: IngestService.Outcome, _ encoding: OTLPEncoding, of intake: HTTPIntake
    ) -> HTTPAnswer {
        switch outcome {
        case .stored(.success, let rejected): intake.success(OTLPReply(rejected), encoding)
        case .stored(.failure(let failure), _): answer(to: failure, encoding)
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

    static func answer(to failure: SinkFailure, _ encoding: OTLPEncoding) -> HTTPAnswer {
        switch failure {
        case .overloaded(let seconds):
            .failure(
                .tooManyRequests, .resourceExhausted, "more spans are waiting than can be held", encoding,
                retryAfterSeconds: max(1, seconds))
        case .unavailable(let reason):
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
