import Dispatch

/// Runs work that keeps time, such as watching another program, on threads of its own.
///
/// All tests of a process share the cooperative pool, one thread a processor; while tests that compute fill it, a task
/// that only slept for a moment may wait for minutes until it is its turn again.
public func besideBusyTests<Result, Failure: Error>(
    _ work: () async throws(Failure) -> Result
) async throws(Failure) -> Result {
    try await withTaskExecutorPreference(DedicatedThreads.shared, operation: work)
}

private final class DedicatedThreads: TaskExecutor {
    static let shared = DedicatedThreads()

    private let queue = DispatchQueue(label: "tests that keep time", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
