import Dispatch
import Synchronization

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

    /// Only a serial queue is given a thread beyond those that the cooperative pool counts on.
    private let queues = (0..<8).map { DispatchQueue(label: "tests that keep time \($0)") }
    private let next = Atomic(0)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
        queues[turn % queues.count].async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
