import OTLPCoding
import Testing

@Suite struct `OTLP load` {
    @Test func `requests are as large as a busy fleet's`() throws {
        let requests = OTLPLoad.requests(count: 4, spansPerRequest: 512)
        let batches = try requests.map { try OTLPBatch.decode(protobuf: $0) }
        #expect(batches.allSatisfy { $0.spans.count == 512 && $0.rejected.count == 0 })
        let attributes = batches.reduce(0) { $0 + $1.spans.reduce(0) { $0 + $1.attributes.count } }
        let bytes = requests.reduce(0) { $0 + $1.count }
        #expect(abs(Double(attributes) / 2048 - 12.7) < 0.2)
        #expect(abs(Double(bytes) / 2048 - 575) < 10)
    }

    @Test func `the same numbers give the same bytes, and each span once`() throws {
        let requests = OTLPLoad.requests(count: 3, spansPerRequest: 100, seed: 7)
        #expect(requests == OTLPLoad.requests(count: 3, spansPerRequest: 100, seed: 7))
        #expect(requests != OTLPLoad.requests(count: 3, spansPerRequest: 100, seed: 8))
        let spans = try requests.flatMap { try OTLPBatch.decode(protobuf: $0).spans }
        #expect(Set(spans.map { [$0.trace.high, $0.trace.low, $0.span.bits] }).count == 300)
    }

    @Test func `requests of different seeds have no trace in common`() throws {
        var traces: Set<TraceID> = []
        for seed in UInt64(0)..<30 {
            for request in OTLPLoad.requests(count: 2, spansPerRequest: 400, seed: seed) {
                traces.formUnion(try OTLPBatch.decode(protobuf: request).spans.map(\.trace))
            }
        }
        #expect(traces.count == 30 * 100)
    }

    @Test func `a single span is a request, too`() throws {
        let requests = OTLPLoad.requests(count: 20, spansPerRequest: 1)
        #expect(try requests.allSatisfy { try OTLPBatch.decode(protobuf: $0).spans.count == 1 })
    }
}
