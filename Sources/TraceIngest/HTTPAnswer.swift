import NIOHTTP1
import OTLPCoding

/// What a server answers.
struct HTTPAnswer: Equatable {
    var status: HTTPResponseStatus
    /// Besides the type and length of the body.
    var headers: [(String, String)] = []
    var encoding: OTLPEncoding
    var body: [UInt8]
    /// The connection is of no use after this answer.
    var closes = false
    /// For the counters: why the request failed.
    var problem: String?

    /// A success, whole or in part.
    static func success(_ reply: OTLPReply, _ encoding: OTLPEncoding) -> HTTPAnswer {
        HTTPAnswer(status: .ok, encoding: encoding, body: reply.encoded(encoding))
    }

    /// An error with a `google.rpc.Status` as its body, as the specification demands for every 4xx and 5xx.
    static func failure(
        _ status: HTTPResponseStatus, _ code: OTLPStatus.Code, _ problem: String, _ encoding: OTLPEncoding,
        retryAfterSeconds: Int? = nil, headers: [(String, String)] = [], closes: Bool = false
    ) -> HTTPAnswer {
        let content = OTLPStatus(code, problem, retryAfterSeconds: retryAfterSeconds)
        return HTTPAnswer(
            status: status, headers: headers + (retryAfterSeconds.map { [("retry-after", String($0))] } ?? []),
            encoding: encoding, body: content.encoded(encoding), closes: closes, problem: problem)
    }

    var contentType: String { encoding == .json ? "application/json" : "application/x-protobuf" }

    static func == (left: HTTPAnswer, right: HTTPAnswer) -> Bool {
        left.status == right.status && left.headers.elementsEqual(right.headers) { $0 == $1 }
            && left.encoding == right.encoding && left.body == right.body && left.closes == right.closes
            && left.problem == right.problem
    }
}
