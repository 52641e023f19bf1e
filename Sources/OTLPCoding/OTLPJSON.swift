/// The OTLP JSON mapping of protobuf (OTLP specification 1.11, "JSON Protobuf Encoding").
///
/// It differs from protobuf's own: trace and span ids are hexadecimal, enums are numbers only, unknown fields are
/// ignored, and keys are lowerCamelCase only. Of a key that occurs twice the last value counts, and lists are joined;
/// an attribute with two values is an error.
public enum OTLPJSON {
    /// An `ExportTraceServiceRequest` in JSON as the same request in the binary protobuf encoding.
    ///
    /// - Throws: when the text is not JSON (RFC 8259), or not such a request.
    public static func transcode(_ json: [UInt8]) throws(OTLPDecodeFailure) -> [UInt8] {
        var result: [UInt8] = []
        try read(json) { reader throws(JSONFailure) in
            var transcoder = JSONTranscoder(reader)
            try transcoder.request()
            reader = transcoder.reader
            result = transcoder.writer.bytes
        }
        return result
    }

    /// Checks that a text is one JSON value (RFC 8259) that is not nested too deeply.
    public static func check(_ json: [UInt8]) throws(OTLPDecodeFailure) {
        try read(json) { reader throws(JSONFailure) in try reader.skip() }
    }

    /// Reads one value and makes sure that nothing follows it. A byte order mark before it is ignored.
    static func read(
        _ json: [UInt8], _ body: (inout JSONReader) throws(JSONFailure) -> Void
    ) throws(OTLPDecodeFailure) {
        let failure = json.withUnsafeBufferPointer { buffer -> OTLPDecodeFailure? in
            guard let base = buffer.baseAddress else {
                return OTLPDecodeFailure(problem: JSONProblem.end.description, offset: 0)
            }
            let mark = buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            var reader = JSONReader(base + mark, base + buffer.count)
            do throws(JSONFailure) {
                try body(&reader)
                try reader.finish()
                return nil
            } catch {
                return error.located(from: base)
            }
        }
        if let failure { throw failure }
    }
}
