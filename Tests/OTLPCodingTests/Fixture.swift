import OTLPCoding

/// One request that has everything once.
enum Fixture {
    static let trace = TraceID(high: 0x5b8e_fff7_9803_8103, low: 0xd269_b633_813f_c60c)
    static let other = TraceID(high: 1, low: 2)

    static let request = OTLPRequest(resources: [
        OTLPResource(
            attributes: [("service.name", "주문-서비스"), ("process.pid", 4211)],
            scopes: [
                OTLPScope(name: "kafka", version: "1.2", spans: [producer, child]),
                OTLPScope(spans: [OTLPSpan(trace: other, id: SpanID(bits: 7), name: "", start: 0, end: .max)]),
            ]),
        OTLPResource(scopes: [OTLPScope(name: "empty")]),
    ])

    static let producer = OTLPSpan(
        trace: trace, id: SpanID(bits: 0xeee1_9b7e_c3c1_b174), parent: SpanID(bits: 0xeee1_9b7e_c3c1_b173),
        kind: .producer, name: "order.placed 발행", start: 1_544_712_660_000_000_000, end: 1_544_712_661_000_000_000,
        status: .error, statusMessage: "broker said no",
        attributes: [
            ("messaging.system", "kafka"), ("retry", true), ("offset", -1), ("share", 0.5),
            ("ids", ["a", 2, [false]]), ("headers", .map([("x", "1"), ("deep", .map([("y", .empty)]))])),
            ("raw", .bytes([0, 255])), ("none", .empty),
        ],
        events: [
            OTLPEvent(name: "exception", time: 5, attributes: [("exception.type", "시간초과")]),
            OTLPEvent(name: "", time: 6),
        ],
        links: [
            OTLPLink(trace: other, span: SpanID(bits: 9), attributes: [("a", "1"), ("b", "2")]),
            OTLPLink(trace: trace, span: SpanID(bits: 10)),
        ], flags: 0x301, traceState: "vendor=1")

    static let child = OTLPSpan(
        trace: trace, id: SpanID(bits: 1), parent: producer.id, kind: .client, name: "child", start: 1, end: 2,
        attributes: [("k", "v")])
}

/// A deterministic source of numbers (SplitMix64).
struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
