import CZlib
import OTLPCoding

/// Requests and bodies for tests.
enum Sample {
    static let span = OTLPSpan(
        trace: TraceID(high: 1, low: 2), id: SpanID(bits: 3), kind: .producer, name: "주문 발행", start: 1, end: 2)

    static let request = OTLPRequest(resources: [
        OTLPResource(attributes: [("service.name", "주문")], scopes: [OTLPScope(name: "test", spans: [span])])
    ])

    static let protobuf = request.encoded()

    static let json = Array(
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[\
        {"traceId":"00000000000000010000000000000002","spanId":"0000000000000003","name":"주문 발행"}]}]}]}
        """.utf8)

    /// One span that can be used and two that cannot.
    static let partial = Array(
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[\
        {"traceId":"00000000000000010000000000000002","spanId":"0000000000000003"},\
        {"traceId":"","spanId":"0000000000000003"},{"traceId":"5B8E","spanId":"0000000000000003"}]}]}]}
        """.utf8)

    /// A whole request to `/v1/traces`.
    static func post(
        _ body: [UInt8], type: String? = "application/x-protobuf", host: String = "localhost", length: Int? = nil,
        headers: String = ""
    ) -> [UInt8] {
        let type = type.map { "Content-Type: \($0)\r\n" } ?? ""
        let head =
            "POST /v1/traces HTTP/1.1\r\nHost: \(host)\r\n\(type)\(headers)"
            + "Content-Length: \(length ?? body.count)\r\n\r\n"
        return Array(head.utf8) + body
    }

    enum Format: Int32 {
        case gzip = 31
        case zlib = 15
        case bare = -15
    }

    static func compressed(_ bytes: [UInt8], _ format: Format = .gzip) -> [UInt8] {
        var stream = z_stream()
        deflateInit2_(
            &stream, Z_BEST_COMPRESSION, Z_DEFLATED, format.rawValue, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        defer { deflateEnd(&stream) }
        var input = bytes
        return input.withUnsafeMutableBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: Int(deflateBound(&stream, UInt(input.count))) + 32) { output, count in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                deflate(&stream, Z_FINISH)
                count = output.count - Int(stream.avail_out)
            }
        }
    }
}
