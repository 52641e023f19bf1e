import Dispatch
import Foundation
import OTLPCoding
import TraceModel
import TraceStore

/// A store of millions of spans (`FLOWGLASS_BENCH_SPANS`, 3 million by default): memory while it is filled, and how long
/// looks at it take. A store that is named is kept, and only looked at from the second time on.
enum LargeStoreBenchmark {
    private static let inFlight = 8
    /// Requests of 512 spans that are made at once.
    private static let round = 20

    static func run(kept: String?) throws {
        let wanted = ProcessInfo.processInfo.environment["FLOWGLASS_BENCH_SPANS"].flatMap { Int($0) } ?? 3_000_000
        let folder = NSTemporaryDirectory() + "flowglass-bench-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = kept ?? folder + "/spans.db"
        if !FileManager.default.fileExists(atPath: path) {
            try fill(path, rounds: max(1, wanted / (round * Load.spansPerRequest)))
        }
        try look(at: path)
    }

    private static func requests(ofRound number: Int, start: UInt64 = 0) -> [[UInt8]] {
        OTLPLoad.requests(
            count: round, spansPerRequest: Load.spansPerRequest, seed: UInt64(number) + 1_000, start: start)
    }

    private static func fill(_ path: String, rounds: Int) throws {
        let store = try SpanStore.open(path).store
        // The spans end now.
        let now = UInt64(Date().timeIntervalSince1970 * 1e9)
        let space = DispatchSemaphore(value: inFlight)
        var resident: [Double] = []
        var busy = 0.0
        for number in 0..<rounds {
            let requests = requests(ofRound: number, start: now &- UInt64(rounds - number) &* 2_000_000_000)
            let batches = try requests.map { try OTLPBatch.decode(protobuf: $0) }
            busy += seconds {
                for batch in batches {
                    space.wait()
                    store.submit(ReceivedRequest(batch: batch)) { _ in space.signal() }
                }
            }
            if number % max(1, rounds / 20) == 0 { resident.append(residentMegabytes()) }
        }
        store.close()
        let spans = Double(rounds * round * Load.spansPerRequest)
        report("large_spans", spans)
        report("large_fill_spans_per_second", spans / busy)
        report("large_memory_mb", resident.max() ?? 0)
        report("large_memory_growth_mb", (resident.last ?? 0) - median(Array(resident.prefix(10))))
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        report("large_bytes_per_span", Double(size) / spans)
    }

    private static func look(at path: String) throws {
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
        let rounds = try reader.spanCount() / (round * Load.spansPerRequest)
        let last = requests(ofRound: rounds - 1)[round - 1]
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
