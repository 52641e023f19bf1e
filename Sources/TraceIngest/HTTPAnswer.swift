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
    /// The media type of the body where it is not that of `encoding`.
    var type: String?
    /// For the counters: why the request failed.
    var failure: OTLPStatus?

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
            encoding: encoding, body: content.encoded(encoding), closes: closes, failure: content)
    }

    /// A page. Browsers and proxies must not keep it.
    static func page(_ page: HTTPPage) -> HTTPAnswer {
        HTTPAnswer(
            status: page.isFine ? .ok : .serviceUnavailable, headers: [("cache-control", "no-store")], encoding: .json,
            body: Array(page.text.utf8), type: page.type)
    }

    var contentType: String { type ?? encoding.mediaType }

    static func == (left: HTTPAnswer, right: HTTPAnswer) -> Bool {
        left.status == right.status && left.headers.elementsEqual(right.headers) { $0 == $1 }
            && left.encoding == right.encoding && left.body == right.body && left.closes == right.closes
            && left.type == right.type && left.failure == right.failure
    }
}

extension OTLPEncoding {
    var mediaType: String {
        switch self {
        case .json: "application/json"
        case .protobuf: "application/x-protobuf"
        }
    }
}
