import OTLPCoding
import TraceModel

/// What evidence reads in a span's own attributes, beside what the conventions table says of it.
struct SpanAttributes {
    var signs: SpanSigns = []
    /// The hash of the address that the span called; zero where it does not say.
    var target: UInt64 = 0

    init(_ span: OTLPBatch.SpanView, in batch: OTLPBatch) {
        var isMessaging = false
        var isDatabase = false
        var operation = OTLPBatch.ByteRange.empty
        for attribute in batch.attributes[span.attributes] {
            let key = attribute.key
            if batch.bytes(key, start: "messaging.") {
                isMessaging = true
            } else if batch.bytes(key, start: "db.system") {
                isDatabase = true
            } else if batch.bytes(key, equal: "SampleRate") || batch.bytes(key, equal: "sampling.probability") {
                signs.insert(.isSampled)
            } else if batch.bytes(key, equal: "rpc.method"), case .string(let range) = attribute.value {
                operation = range
            } else if batch.bytes(key, equal: "url.full") || batch.bytes(key, equal: "http.url")
                || batch.bytes(key, equal: "url.path") || batch.bytes(key, equal: "http.target")
            {
                if target == 0, case .string(let range) = attribute.value {
                    target = JoinKey("target", batch.string(range)).bits
                }
            }
        }
        if !isMessaging, span.kind == .producer || span.kind == .consumer { signs.insert(.isBare) }
        if isDatabase, Self.isMessaging(command: batch.string(span.name)) { signs.insert(.isDatabaseMessaging) }
        if span.kind == .client, batch.bytes(operation, equal: "ReceiveMessage") { signs.insert(.isClientFetch) }
        // OpenTelemetry's consistent sampling: `ot=th:…` or `ot=p:…` in the trace state, th:0 being all spans.
        let state = batch.string(span.traceState)
        if state.contains("th:") && !state.contains("th:0;") && !state.hasSuffix("th:0") { signs.insert(.isSampled) }
    }

    /// Redis commands that move messages (redis.io/commands), as database instrumentations name spans after them.
    private static func isMessaging(command: String) -> Bool {
        let word = command.split(separator: " ").first.map { $0.uppercased() } ?? ""
        return ["PUBLISH", "SPUBLISH", "SUBSCRIBE", "PSUBSCRIBE", "XADD", "XREAD", "XREADGROUP", "XACK"].contains(word)
    }
}
