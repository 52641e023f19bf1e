import Dispatch
import SourceDiagnostics
import Synchronization
import TraceIngest

/// Tells now and then what could not be used: a line for many spans, not a line for each.
final class RejectionWatch: Sendable {
    private static let interval = DispatchTimeInterval.seconds(10)

    private struct Counts: Equatable {
        var rejected = 0
        var failed = 0
    }

    private nonisolated(unsafe) let timer: any DispatchSourceTimer

    /// Nil where nobody would read it.
    init?(_ log: EventLog, facts: @escaping @Sendable () -> CollectorFacts?) {
        guard log.level != nil else { return nil }
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "flowglass.rejections", qos: .utility))
        let told = Mutex([Counts]())
        timer.setEventHandler {
            guard let facts = facts() else { return }
            let counters = facts.servers.map(\.counters)
            let now = counters.map { Counts(rejected: $0.rejectedSpans, failed: $0.failedRequests) }
            let before = told.withLock { told in
                defer { told = now }
                return told + Array(repeating: Counts(), count: max(0, now.count - told.count))
            }
            let changed = now.indices.filter { now[$0] != before[$0] }
            guard !changed.isEmpty else { return }
            let rejected = changed.reduce(0) { $0 + now[$1].rejected - before[$1].rejected }
            let failed = changed.reduce(0) { $0 + now[$1].failed - before[$1].failed }
            let reason = changed.lazy.compactMap { counters[$0].lastRejection }.first ?? ""
            log.write(
                .warning, "spans or requests could not be used",
                [("spans", .number(rejected)), ("requests", .number(failed)), ("last", .string(reason))],
                text:
                    "\(counted(rejected, "span")) and \(counted(failed, "request")) could not be used, the last: \(reason)"
            )
        }
        timer.schedule(deadline: .now() + Self.interval, repeating: Self.interval, leeway: .seconds(5))
        timer.resume()
    }

    func stop() { timer.cancel() }
}
