/// How fast the fleet's time runs: 1 is real time; tests run at a fraction of it.
struct Pace: Sendable {
    let scale: Double

    /// - Throws: `CancellationError` when the task is cancelled.
    func sleep(milliseconds: Double) async throws {
        try await Task.sleep(nanoseconds: UInt64(max(0, milliseconds * scale * 1_000_000)))
    }

    func duration(milliseconds: Double) -> Duration { .nanoseconds(Int64(milliseconds * scale * 1_000_000)) }
}
