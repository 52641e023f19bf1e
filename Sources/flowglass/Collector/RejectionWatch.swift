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
        let told = Mutex(Counts())
        timer.setEventHandler {
            guard let facts = facts() else { return }
            let counters = facts.servers.map(\.counters)
            let now = Counts(
                rejected: counters.reduce(0) { $0 + $1.rejectedSpans },
                failed: counters.reduce(0) { $0 + $1.failedRequests })
            let before = told.withLock { told in
                defer { told = now }
                return told
            }
            guard now != before else { return }
            let (rejected, failed) = (now.rejected - before.rejected, now.failed - before.failed)
            let reason = counters.lazy.compactMap(\.lastRejection).first ?? ""
            log.write(
                .warning, "spans or requests could not be used",
                [("spans", .number(rejected)), ("requests", .number(failed)), ("last", .string(reason))],
                text: "\(rejected) spans and \(failed) requests could not be used, the last: \(reason)")
        }
        timer.schedule(deadline: .now() + Self.interval, repeating: Self.interval, leeway: .seconds(5))
        timer.resume()
    }

    func stop() { timer.cancel() }
}
