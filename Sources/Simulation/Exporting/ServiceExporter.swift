import OTLPCoding
import Synchronization

/// Sends one service's spans in batches, one request at a time, as an SDK's batch processor and exporter do.
final class ServiceExporter: Sendable {
    private struct Count {
        var sent = 0
        var dropped = 0
        var requests = 0
        var retries = 0
    }

    /// A batch is sent after this long even when it is not full.
    static let delay = Duration.milliseconds(200)

    let queue = SpanQueue()
    let service: String
    private let resource: Attributes
    private let export: @Sendable (ExportBatch) async -> ExportOutcome
    private let count = Mutex(Count())

    init(
        _ resource: ServiceResource, instance: String,
        export: @escaping @Sendable (ExportBatch) async -> ExportOutcome
    ) {
        service = resource.name
        self.resource = resource.attributes(instance: instance)
        self.export = export
    }

    /// Sends until the task is cancelled; then sends what is left, as long as the collector answers.
    func run() async {
        var schedule = RetrySchedule(seed: UInt64(truncatingIfNeeded: service.hashValue))
        var isAnswered = true
        while !Task.isCancelled {
            await queue.waitForBatch(upTo: Self.delay)
            isAnswered = await sendBatch(by: &schedule)
        }
        while isAnswered, !queue.isEmpty { isAnswered = await sendBatch(by: &schedule) }
        let rest = queue.takeAll()
        count.withLock { $0.dropped += rest }
    }

    /// - Returns: Whether the collector answered.
    private func sendBatch(by schedule: inout RetrySchedule) async -> Bool {
        let spans = queue.take()
        guard !spans.isEmpty else { return true }
        let batch = ExportBatch(service: service, spans: spans.count, body: request(of: spans).encoded())
        while true {
            let outcome = await export(batch)
            let step = schedule.step(after: outcome)
            let isLast = Task.isCancelled
            let wait: Duration? = count.withLock { count in
                count.requests += 1
                switch step {
                case .done: count.sent += spans.count
                case .retry(let wait) where !isLast:
                    count.retries += 1
                    return wait
                case .drop, .retry: count.dropped += spans.count
                }
                return nil
            }
            guard let wait else { return outcome != .unreachable }
            try? await Task.sleep(for: wait)
        }
    }

    private func request(of spans: [FinishedSpan]) -> OTLPRequest {
        var scopes = [[OTLPSpan]](repeating: [], count: Instrumentation.allCases.count)
        for span in spans { scopes[span.instrumentation.rawValue].append(span.record) }
        return OTLPRequest(resources: [
            OTLPResource(
                attributes: resource,
                scopes: Instrumentation.allCases.compactMap { instrumentation in
                    let spans = scopes[instrumentation.rawValue]
                    guard !spans.isEmpty else { return nil }
                    return OTLPScope(name: instrumentation.name, version: instrumentation.version, spans: spans)
                })
        ])
    }

    /// Adds what this exporter did to the fleet's counters.
    func add(to counters: inout FleetCounters) {
        let count = self.count.withLock { $0 }
        counters.spansMade += queue.made
        counters.spansSent += count.sent
        counters.spansDropped += count.dropped + queue.dropped
        counters.requests += count.requests
        counters.retries += count.retries
    }
}
