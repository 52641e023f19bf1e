import Dispatch
import Foundation
import OTLPCoding
import TraceModel
import TraceStore

/// A store of millions of spans (`FLOWGLASS_BENCH_SPANS`, 3 million by default): memory while it is filled, and how long
/// looks at it take.
enum LargeStoreBenchmark {
    private static let inFlight = 8

    static func run() throws {
        let wanted = ProcessInfo.processInfo.environment["FLOWGLASS_BENCH_SPANS"].flatMap { Int($0) } ?? 3_000_000
        let folder = NSTemporaryDirectory() + "flowglass-bench-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/spans.db"
        let last = try fill(path, spans: wanted)
        try look(at: path, last)
    }

    /// Gives the last request.
    private static func fill(_ path: String, spans wanted: Int) throws -> [UInt8] {
        let store = try SpanStore.open(path).store
        // Twenty requests are 10,240 spans, which end now.
        let rounds = max(1, wanted / (20 * Load.spansPerRequest))
        let now = UInt64(Date().timeIntervalSince1970 * 1e9)
        let space = DispatchSemaphore(value: inFlight)
        var resident: [Double] = []
        var last: [UInt8] = []
        var busy = 0.0
        for round in 0..<rounds {
            let begin = now &- UInt64(rounds - round) &* 2_000_000_000
            let requests = OTLPLoad.requests(
                count: 20, spansPerRequest: Load.spansPerRequest, seed: UInt64(round) + 1_000, start: begin)
            let batches = try requests.map { try OTLPBatch.decode(protobuf: $0) }
            busy += seconds {
                for batch in batches {
                    space.wait()
                    store.submit(ReceivedRequest(batch: batch)) { _ in space.signal() }
                }
            }
            last = requests.last ?? []
            if round % max(1, rounds / 20) == 0 { resident.append(residentMegabytes()) }
        }
        store.close()
        let spans = Double(rounds * 20 * Load.spansPerRequest)
        report("large_spans", spans)
        report("large_fill_spans_per_second", spans / busy)
        report("large_memory_mb", resident.max() ?? 0)
        report("large_memory_growth_mb", (resident.last ?? 0) - median(Array(resident.prefix(10))))
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        report("large_bytes_per_span", Double(size) / spans)
        return last
    }

    private static func look(at path: String, _ last: [UInt8]) throws {
        let now = UInt64(Date().timeIntervalSince1970 * 1e9)
        var reader: SpanStoreReader?
        report(
            "large_first_frame_ms",
            try seconds {
                reader = try SpanStoreReader(path)
                _ = try reader?.snapshot(.fiveMinutes, conversations: 200, now: now)
            } * 1e3)
        guard let reader else { return }
        report("large_snapshot_ms", try best { _ = try reader.snapshot(.fiveMinutes, conversations: 200, now: now) })
        // As a command has it: nothing of it is known from before.
        report(
            "large_newest_ms",
            try best {
                reader.reload(SpanStore.Settings())
                _ = try reader.conversations(limit: 100)
            })
        report("large_hour_ms", try best { _ = try reader.edges(.hour, now: now) })
        report("large_all_ms", try best { _ = try reader.edges(.all, now: now) })
        var spans = SpanReader()
        let span = spans.spans(in: try OTLPBatch.decode(protobuf: last))[100]
        report("large_trace_ms", try best { _ = try reader.conversation(span.trace.description) })
        let correlation = spans.spans(in: try OTLPBatch.decode(protobuf: last)).lazy.map(\.reading.correlationID)
            .first { !$0.isEmpty }
        if let correlation { report("large_correlation_ms", try best { _ = try reader.conversation(correlation) }) }
    }

    private static func best(_ body: () throws -> Void) rethrows -> Double {
        var times: [Double] = []
        for _ in 0..<5 { times.append(try seconds(body) * 1e3) }
        return median(times)
    }

    private static func residentMegabytes() -> Double {
        let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
        return fields.count > 1 ? (Double(fields[1]) ?? 0) * Double(getpagesize()) / 1e6 : 0
    }
}
