/// Decides what an exporter does after each attempt to send one batch (OTLP specification, "Failures").
///
/// Waits start at a quarter of a second and double up to five seconds; half of each is jitter, so that the exporters
/// of a fleet do not come back all at once.
struct RetrySchedule: Sendable {
    enum Step: Sendable, Equatable {
        case done
        case drop
        case retry(after: Duration)
    }

    private var attempt = 0
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func step(after outcome: ExportOutcome) -> Step {
        switch outcome {
        case .accepted:
            attempt = 0
            return .done
        case .refused:
            attempt = 0
            return .drop
        case .busy(let retryAfter?) where retryAfter > .zero:
            return .retry(after: min(retryAfter, .seconds(30)))
        case .busy, .unreachable:
            let full = min(5_000, 250 * Double(1 << min(attempt, 10)))
            attempt += 1
            return .retry(after: .milliseconds(Int(full / 2 + full / 2 * generator.unit())))
        }
    }
}
