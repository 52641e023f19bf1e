import OTLPCoding
import TraceModel

/// What a server of gRPC answers: a message, or a status that is not OK.
enum GRPCAnswer: Equatable {
    case message([UInt8])
    case failure(OTLPStatus)
    /// The request is not gRPC: an HTTP status and nothing else.
    case http(Int)

    /// The answer to a request that was received whole.
    static func answer(to outcome: IngestService.Outcome) -> GRPCAnswer {
        switch outcome {
        case .stored(.success, let rejected): .message(OTLPReply(rejected).encoded(.protobuf))
        case .stored(.failure(.overloaded(let seconds)), _):
            .failure(
                OTLPStatus(
                    .unavailable, "more spans are waiting than can be held", retryAfterSeconds: max(1, seconds)))
        case .stored(.failure(.unavailable(let reason)), _):
            .failure(OTLPStatus(.unavailable, reason, retryAfterSeconds: HTTPAnswer.longPause))
        case .failed(let failure): .failure(status(of: failure))
        }
    }

    /// A request that is too long must not come again, so that its status carries no `RetryInfo`.
    static func status(of failure: RequestFailure) -> OTLPStatus {
        switch failure {
        case .damagedCompression, .malformed: OTLPStatus(.invalidArgument, failure.problem)
        case .tooLarge: OTLPStatus(.resourceExhausted, failure.problem)
        case .overloaded:
            OTLPStatus(.unavailable, failure.problem, retryAfterSeconds: HTTPAnswer.pause)
        }
    }
}
