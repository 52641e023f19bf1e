import Synchronization

/// Counts what is still under way in the fleet: requests being served, messages not yet handled.
final class Activity: Sendable {
    private let count = Atomic<Int>(0)

    func begin() { count.add(1, ordering: .relaxed) }
    func end() { count.subtract(1, ordering: .relaxed) }

    var underWay: Int { count.load(ordering: .relaxed) }

    /// Returns when nothing is under way, after `limit`, or when the task is cancelled.
    func settle(upTo limit: Duration) async {
        let deadline = ContinuousClock.now + limit
        while underWay > 0, ContinuousClock.now < deadline {
            guard (try? await Task.sleep(for: .milliseconds(20))) != nil else { return }
        }
    }
}
