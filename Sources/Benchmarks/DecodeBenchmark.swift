import OTLPCoding
import TraceModel

/// Bytes to views, and views to what joining needs.
enum DecodeBenchmark {
    static func run() throws {
        let requests = Load.make()
        let spans = Double(requests.count * Load.spansPerRequest)
        var decode: [Double] = []
        var read: [Double] = []
        for _ in 0..<7 {
            var batches: [OTLPBatch] = []
            batches.reserveCapacity(requests.count)
            decode.append(try seconds { batches = try requests.map { try OTLPBatch.decode(protobuf: $0) } })
            var reader = SpanReader()
            var facts = 0
            read.append(seconds { for batch in batches { facts += reader.digest(batch).facts.count } })
        }
        report("decode_spans_per_second", spans / median(decode))
        report("read_spans_per_second", spans / median(read))
    }
}
