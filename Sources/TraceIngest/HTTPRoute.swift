import NIOHTTP1
import OTLPCoding
import TraceModel

/// What a server does with requests to one path.
struct HTTPRoute: Sendable {
    enum Action: Sendable {
        /// Takes spans that are posted.
        case take(HTTPIntake)
        /// Shows a page to GET and HEAD.
        case show(@Sendable () -> HTTPPage)
        /// There is nothing here, and a reason worth saying; no client tries a 404 again.
        case refuse(String)
    }

    var path: String
    var action: Action
}

/// How posted spans are read and answered.
struct HTTPIntake: Sendable, Equatable {
    /// Which intake it is; two with the same name are the same.
    var name: String
    /// The media types that are taken. Answers, errors too, are in that of the request.
    var encodings: [OTLPEncoding]
    /// Makes a request of a decompressed body.
    var read: @Sendable ([UInt8], OTLPEncoding, OTLPLimits) throws(OTLPDecodeFailure) -> ReceivedRequest
    /// The answer once the sink has the spans.
    var success: @Sendable (OTLPReply, OTLPEncoding) -> HTTPAnswer

    static func == (left: HTTPIntake, right: HTTPIntake) -> Bool { left.name == right.name }

    /// An `ExportTraceServiceRequest`, answered as OTLP demands.
    static let otlp = HTTPIntake(
        name: "otlp", encodings: [.protobuf, .json],
        read: { content, encoding, limits throws(OTLPDecodeFailure) in
            switch encoding {
            case .protobuf: ReceivedRequest(batch: try OTLPBatch.decode(protobuf: content, limits: limits))
            case .json:
                ReceivedRequest(
                    json: content, batch: try OTLPBatch.decode(protobuf: OTLPJSON.transcode(content), limits: limits))
            }
        },
        success: { .success($0, $1) })
}

/// A page for people and for programs that watch.
public struct HTTPPage: Sendable {
    /// False answers 503, so that a prober need not read the page.
    public var isFine: Bool
    /// E.g. `application/json`.
    public var type: String
    public var text: String

    public init(isFine: Bool = true, type: String, text: String) {
        self.isFine = isFine
        self.type = type
        self.text = text
    }
}
