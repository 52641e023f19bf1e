import Dispatch
import Foundation
import OTLPCoding
import TraceModel
import TraceStore

/// Requests of 512 spans, each committed (synchronous=FULL) with everything derived before the next is sent.
enum StoreBenchmark {
    static func run() throws {
        let folder = NSTemporaryDirectory() + "flowglass-bench-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let requests = Load.make()
        var rates: [Double] = []
        var bytes = 0.0
        for round in 0..<3 {
            let path = "\(folder)/\(round).db"
            let store = try SpanStore.open(path).store
            let batches = try requests.map { try OTLPBatch.decode(protobuf: $0) }
            let time = seconds {
                for batch in batches {
                    let done = DispatchSemaphore(value: 0)
                    store.submit(ReceivedRequest(batch: batch)) { _ in done.signal() }
                    done.wait()
                }
            }
            store.close()
            let spans = Double(requests.count * Load.spansPerRequest)
            rates.append(spans / time)
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
            bytes = Double(size) / spans
        }
        report("store_spans_per_second", median(rates))
        report("store_bytes_per_span", bytes)
    }
}
