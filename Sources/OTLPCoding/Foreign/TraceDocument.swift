/// A JSON text with spans in any of the formats that files have.
public enum TraceDocument {
    /// Which format a text is in, by its outermost shape.
    public enum Format: Sendable, Equatable {
        case otlp, zipkin, jaeger
    }

    /// A list is Zipkin's, or Jaeger's where its elements hold `spans`; an object is Jaeger's where it has `data` or
    /// `spans`. Everything else is taken for OTLP, whose reader says what is wrong.
    public static func format(of json: [UInt8]) -> Format {
        var format = Format.otlp
        try? OTLPJSON.read(json) { reader throws(JSONFailure) in
            if try reader.peek() == UInt8(ascii: "[") {
                format = .zipkin
                try reader.open()
                var isFirst = true
                guard try reader.element(&isFirst) else { return }
            }
            guard try reader.peek() == UInt8(ascii: "{") else { return }
            try reader.open()
            var isFirst = true
            while let key = try reader.key(&isFirst) {
                if "resourceSpans" ~= key { return }
                if "data" ~= key || "spans" ~= key || "processes" ~= key {
                    format = .jaeger
                    return
                }
                try reader.skip()
            }
        }
        return format
    }

    /// The text as an OTLP request in the binary encoding, and whether it was OTLP/JSON before.
    public static func transcode(_ json: [UInt8]) throws(OTLPDecodeFailure) -> (protobuf: [UInt8], isOTLP: Bool) {
        switch format(of: json) {
        case .otlp: (try OTLPJSON.transcode(json), true)
        case .zipkin: (try ZipkinJSON.request(json).encoded(), false)
        case .jaeger: (try JaegerJSON.request(json).encoded(), false)
        }
    }
}
