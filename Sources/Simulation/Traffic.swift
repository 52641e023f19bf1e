import Synchronization

/// Lets customers in at the settings' rate: at random moments that follow from the seed, as customers come.
final class Traffic: Sendable {
    private struct State {
        var isStopped = false
        var begun = 0
        var shed = 0
    }

    private let settings: Fleet.Settings
    private let ids: IDSource
    private let activity: Activity
    private let state = Mutex(State())

    init(_ settings: Fleet.Settings, ids: IDSource, activity: Activity) {
        self.settings = settings
        self.ids = ids
        self.activity = activity
    }

    func stop() { state.withLock { $0.isStopped = true } }

    /// Begins bookings, each in a task of its own, until told to stop.
    ///
    /// The moments are absolute, so that late ones are not added up: a customer who should have come already comes at
    /// once. Where more than a second was lost, or too much is under way, customers are sent away and counted.
    func run(
        in group: inout DiscardingTaskGroup, visit: @escaping @Sendable (Booking) async -> Void
    ) async {
        let run = ids.token(4)
        let begin = ContinuousClock.now
        let rate = settings.boundedRate
        let most = Int(max(500, rate * 20))
        var generator = SplitMix64(seed: settings.seed)
        var due = begin
        for number in 0... {
            let unit = generator.unit()
            due += .seconds((0.5 + unit) / rate)
            guard await wait(until: due, begin: begin) else { return }
            if ContinuousClock.now - due > .seconds(1) { due = ContinuousClock.now }
            guard activity.underWay < most else {
                state.withLock { $0.shed += 1 }
                continue
            }
            state.withLock { $0.begun += 1 }
            let booking = Booking(
                number: number, seed: settings.seed, run: run, correlationID: ids.uuid())
            activity.begin()
            group.addTask { [activity] in
                await visit(booking)
                activity.end()
            }
        }
    }

    /// - Returns: False when the fleet is to stop.
    private func wait(until due: ContinuousClock.Instant, begin: ContinuousClock.Instant) async -> Bool {
        while true {
            if Task.isCancelled || state.withLock({ $0.isStopped }) { return false }
            let now = ContinuousClock.now
            if let duration = settings.duration, now - begin >= duration { return false }
            if now >= due { return true }
            try? await Task.sleep(until: min(due, now + .milliseconds(200)), clock: .continuous)
        }
    }

    /// Adds what happened here to the fleet's counters.
    func add(to counters: inout FleetCounters) {
        let state = self.state.withLock { $0 }
        counters.bookings += state.begun
        counters.shed += state.shed
    }
}
