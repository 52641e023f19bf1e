import Dispatch

/// Evicting and shortening the log between commits, on the writer's queue: a step at a time, so that requests which
/// come meanwhile are committed after a step, not after all of it.
extension SpanStore {
    /// How often a store that takes spans is looked after, and one that is idle.
    private enum Interval {
        static let busy: UInt64 = 2_000_000_000
        static let idle = DispatchTimeInterval.seconds(60)
    }

    /// After a commit: looks after the store when it was long enough ago.
    func keepHouseSoon() {
        guard keeper.clock.steady() >= keeper.lastRound &+ Interval.busy else { return }
        keepHouse(after: .zero)
    }

    /// Plans a round; one that is planned already is left to its time, unless this one is at once.
    func keepHouse(after delay: Duration) {
        guard delay == .zero else {
            let seconds = DispatchTimeInterval.milliseconds(Int(delay / .milliseconds(1)))
            return queue.asyncAfter(deadline: .now() + seconds) { [weak self] in self?.keepHouseAndPlan() }
        }
        queue.async { [weak self] in self?.step() }
    }

    private func keepHouseAndPlan() {
        guard keeper.isOpen else { return }
        step()
        queue.asyncAfter(deadline: .now() + Interval.idle) { [weak self] in self?.keepHouseAndPlan() }
    }

    private func step() {
        guard keeper.isOpen else { return }
        do throws(WriteFailure) {
            if try keeper.keepHouse() {
                queue.async { [weak self] in self?.step() }
            } else {
                tellEvicted()
                note(trouble: keeper.trouble)
            }
        } catch {
            note(trouble: error.reason)
        }
    }

    private func tellEvicted() {
        let (spans, figures) = keeper.takeEvicted()
        if spans + figures > 0 { keeper.tell(.evicted(spans: spans, figures: figures)) }
    }

    /// Takes all steps that are due. For tests and for commands that end.
    func keepHouseNow() throws(WriteFailure) {
        let result: Result<Void, WriteFailure> = queue.sync {
            do throws(WriteFailure) {
                while try keeper.keepHouse() {}
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    /// Makes the writer read every page anew. For tests of damage.
    func forgetCache() { queue.sync { keeper.forgetCache() } }
}
