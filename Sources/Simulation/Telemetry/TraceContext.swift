import OTLPCoding

/// What W3C Trace Context carries from caller to callee and from publisher to subscriber.
struct TraceContext: Sendable, Hashable {
    let trace: TraceID
    let span: SpanID
}
