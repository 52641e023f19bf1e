import CatalogModel
import Dispatch
import FlowMatching
import Foundation
import OTLPCoding
import TraceModel
import TraceStore

/// Drift over a whole store: every span read, joined and judged, in buffers of bounded size.
enum DriftBenchmark {
    static func run() throws {
        let folder = NSTemporaryDirectory() + "flowglass-bench-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/spans.db"
        let requests = Load.make()
        let store = try SpanStore.open(path).store
        let done = DispatchGroup()
        for request in requests {
            done.enter()
            store.submit(ReceivedRequest(batch: try OTLPBatch.decode(protobuf: request))) { _ in done.leave() }
        }
        done.wait()
        store.close()
        let reader = try SpanStoreReader(path)
        let now = UInt64(Date().timeIntervalSince1970 * 1e9)
        let catalog = Catalog()
        var rates: [Double] = []
        for _ in 0..<3 {
            let time = try seconds {
                let graph = FlowGraph(catalog: catalog, observed: try reader.edges(now: now))
                var collector = EvidenceCollector(catalog: catalog, graph: graph, now: now)
                try reader.forEachRequest { collector.add($0) }
                let waits = try reader.waits(.all, slots: driftWaitSlots, now: now)
                let context = DriftContext(catalog: catalog, graph: graph, evidence: collector.finish(), waits: waits)
                precondition(!driftFindings(in: context).isEmpty)
            }
            rates.append(Double(requests.count * Load.spansPerRequest) / time)
        }
        report("drift_spans_per_second", median(rates))
    }
}
