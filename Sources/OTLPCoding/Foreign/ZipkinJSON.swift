/// Zipkin's JSON, version 2: a list of spans, as `POST /api/v2/spans` takes it (Zipkin API 1.0, `zipkin2-api.yaml`).
public enum ZipkinJSON {
    /// The same spans as an OTLP request. Tags become attributes, annotations events, and the other end of a client's
    /// span `peer.service`.
    ///
    /// - Throws: when the text is not JSON, or not a list. A span without a valid id becomes one with a zero id, which
    ///   `OTLPBatch.decode` counts as rejected.
    public static func request(_ json: [UInt8]) throws(OTLPDecodeFailure) -> OTLPRequest {
        guard case .array(let spans) = try JSONTree(json) else {
            throw OTLPDecodeFailure(problem: "Zipkin spans are a list", offset: 0)
        }
        return request(spans)
    }

    static func request(_ spans: [JSONTree]) -> OTLPRequest {
        var gathered = SpansByResource()
        for span in spans {
            gathered.add(
                self.span(span), service: span["localEndpoint"]?["serviceName"]?.text ?? "",
                scope: tag("otel.scope.name", of: span) ?? tag("otel.library.name", of: span) ?? "")
        }
        return gathered.request
    }

    private static func span(_ span: JSONTree) -> OTLPSpan {
        let start = nanoseconds(micro: span["timestamp"]?.wholeNumber ?? 0)
        let kind = kind(span["kind"]?.text)
        let error = tag("error", of: span)
        let failed = error.map { $0.lowercased() != "false" } ?? (tag("otel.status_code", of: span) == "ERROR")
        var result = OTLPSpan(
            trace: traceID(short: span["traceId"]?.text), id: spanID(short: span["id"]?.text),
            parent: spanID(short: span["parentId"]?.text), kind: kind, name: span["name"]?.text ?? "", start: start,
            end: later(start, by: nanoseconds(micro: span["duration"]?.wholeNumber ?? 0)),
            status: failed ? .error : .unset, statusMessage: failed ? error ?? "" : "",
            attributes: span["tags"]?.members.compactMap { tag in
                tag.value.scalarText.map { (tag.key, .string($0)) }
            } ?? [],
            events: span["annotations"]?.elements.map { annotation in
                OTLPEvent(
                    name: annotation["value"]?.text ?? "",
                    time: nanoseconds(micro: annotation["timestamp"]?.wholeNumber ?? 0))
            } ?? [])
        if kind == .client, let peer = span["remoteEndpoint"]?["serviceName"]?.text, !peer.isEmpty {
            result.attributes.append(("peer.service", .string(peer)))
        }
        // Both sides of a call may share one id: the server's side gets one of its own, and the client's as its parent.
        if kind == .server, span["shared"] == .bool(true), !result.id.isZero {
            result.parent = result.id
            result.id = SpanID(bits: ~result.id.bits == 0 ? 1 : ~result.id.bits)
        }
        return result
    }

    private static func tag(_ key: String, of span: JSONTree) -> String? { span["tags"]?[key]?.scalarText }

    private static func kind(_ text: String?) -> SpanKind {
        switch text {
        case "CLIENT": .client
        case "SERVER": .server
        case "PRODUCER": .producer
        case "CONSUMER": .consumer
        default: .internal
        }
    }
}
