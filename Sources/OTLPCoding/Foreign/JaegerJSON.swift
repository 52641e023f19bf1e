/// Traces as Jaeger's UI saves them and its query API answers: `{"data": [{"traceID": …, "spans": […],
/// "processes": {…}}]}` (jaeger-idl, `model/json/model.go`).
public enum JaegerJSON {
    /// The same spans as an OTLP request: the first `CHILD_OF` in the same trace is the parent, every other reference a
    /// link; tags become attributes, logs events.
    ///
    /// - Throws: when the text is not JSON, or holds no traces. A span without a valid id becomes one with a zero id,
    ///   which `OTLPBatch.decode` counts as rejected.
    public static func request(_ json: [UInt8]) throws(OTLPDecodeFailure) -> OTLPRequest {
        let tree = try JSONTree(json)
        return request(tree["data"].map { $0.elements } ?? (tree["spans"] == nil ? tree.elements : [tree]))
    }

    static func request(_ traces: [JSONTree]) -> OTLPRequest {
        var gathered = SpansByResource()
        for trace in traces {
            for span in trace["spans"]?.elements ?? [] {
                let process = span["process"] ?? span["processID"]?.text.flatMap { trace["processes"]?[$0] }
                let tags = attributes(span["tags"])
                gathered.add(
                    self.span(span, tags, of: trace), service: process?["serviceName"]?.text ?? "",
                    scope: text("otel.scope.name", in: tags) ?? text("otel.library.name", in: tags) ?? "",
                    resource: attributes(process?["tags"]))
            }
        }
        return gathered.request
    }

    private static func span(_ span: JSONTree, _ tags: [(String, OTLPValue)], of trace: JSONTree) -> OTLPSpan {
        let start = nanoseconds(micro: span["startTime"]?.wholeNumber ?? 0)
        let id = traceID(short: span["traceID"]?.text ?? trace["traceID"]?.text)
        var parent = spanID(short: span["parentSpanID"]?.text)
        var links: [OTLPLink] = []
        for reference in span["references"]?.elements ?? [] {
            let other = traceID(short: reference["traceID"]?.text)
            let span = spanID(short: reference["spanID"]?.text)
            if reference["refType"]?.text == "CHILD_OF", other == id, parent.isZero {
                parent = span
            } else if !span.isZero, span != parent || other != id {
                links.append(OTLPLink(trace: other, span: span))
            }
        }
        let hasFailed =
            tags.contains { $0.0 == "error" && ($0.1 == .bool(true) || $0.1 == .string("true")) }
            || text("otel.status_code", in: tags) == "ERROR"
        return OTLPSpan(
            trace: id, id: spanID(short: span["spanID"]?.text), parent: parent,
            kind: kind(text("span.kind", in: tags)), name: span["operationName"]?.text ?? "", start: start,
            end: later(start, by: nanoseconds(micro: span["duration"]?.wholeNumber ?? 0)),
            status: hasFailed ? .error : .unset,
            statusMessage: hasFailed ? text("otel.status_description", in: tags) ?? "" : "", attributes: tags,
            events: (span["logs"]?.elements ?? []).map(event), links: links)
    }

    private static func event(_ log: JSONTree) -> OTLPEvent {
        let fields = attributes(log["fields"])
        return OTLPEvent(
            name: text("event", in: fields) ?? text("message", in: fields) ?? "log",
            time: nanoseconds(micro: log["timestamp"]?.wholeNumber ?? 0), attributes: fields)
    }

    private static func attributes(_ tags: JSONTree?) -> [(String, OTLPValue)] {
        (tags?.elements ?? []).compactMap { tag in
            guard let key = tag["key"]?.text, let value = tag["value"] else { return nil }
            return (key, value.attribute)
        }
    }

    private static func text(_ key: String, in attributes: [(String, OTLPValue)]) -> String? {
        guard case .string(let text)? = attributes.first(where: { $0.0 == key })?.1 else { return nil }
        return text
    }

    private static func kind(_ text: String?) -> SpanKind {
        switch text {
        case "client": .client
        case "server": .server
        case "producer": .producer
        case "consumer": .consumer
        default: .internal
        }
    }
}
