import NIOHTTP1
import OTLPCoding
import TraceModel

extension HTTPIntake {
    /// A list of Zipkin spans, version 2, answered 202 without a body, as Zipkin does.
    static let zipkin = HTTPIntake(
        name: "zipkin", encodings: [.json],
        read: { content, _, limits throws(OTLPDecodeFailure) in
            ReceivedRequest(
                batch: try OTLPBatch.decode(protobuf: ZipkinJSON.request(content).encoded(), limits: limits))
        },
        success: { _, _ in HTTPAnswer(status: .accepted, encoding: .json, body: []) })
}

extension HTTPRoutes {
    /// Zipkin's collector.
    static let zipkin = HTTPRoutes(
        list: [
            HTTPRoute(path: "/api/v2/spans", action: .take(.zipkin)),
            HTTPRoute(path: "/api/v1/spans", action: .refuse("Zipkin's version 1 is not taken: send to /api/v2/spans")),
        ],
        hint: "Zipkin spans are taken at /api/v2/spans only")
}
