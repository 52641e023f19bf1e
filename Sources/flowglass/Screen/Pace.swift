import Glibc

/// How soon something may be done again: what costs much leaves a multiple of its cost to others.
///
/// Cost is the processor time of the thread that does it. A busy machine makes it take longer, not cost more: a pause
/// by the clock alone would make a dashboard stand still just when there is something to see.
struct Pace: Sendable {
    /// The least pause between two, in seconds.
    let shortest: Double
    /// The least pause as a multiple of the processor time of the last one. By the clock it is at least as long as that
    /// one took, so that what others wait for, a disk or a lock, is free half of the time.
    let factor: Double
    private var lastEnd = 0.0
    private var lastPause = 0.0

    init(shortest: Double, factor: Double) {
        self.shortest = shortest
        self.factor = factor
    }

    /// A moment of a thread.
    struct Moment {
        /// Seconds by the clock since the machine started.
        var time: Double
        /// Seconds of processor time that the thread has used.
        var used: Double

        static var now: Moment { Moment(time: seconds(CLOCK_MONOTONIC), used: seconds(CLOCK_THREAD_CPUTIME_ID)) }

        private static func seconds(_ clock: clockid_t) -> Double {
            var value = timespec()
            clock_gettime(clock, &value)
            return Double(value.tv_sec) + Double(value.tv_nsec) / 1e9
        }
    }

    /// Seconds to wait from now on.
    func wait(from now: Moment = .now) -> Double { max(0, lastEnd + lastPause - now.time) }

    /// Takes down what was done since `start`, on the same thread.
    mutating func note(from start: Moment, to end: Moment = .now) {
        lastEnd = end.time
        lastPause = max(shortest, (end.used - start.used) * factor, end.time - start.time)
    }
}
