import Foundation

/// How soon something may be done again: what takes long leaves a multiple of its own time for others.
struct Pace: Sendable {
    /// The least pause between two, in seconds.
    let shortest: Double
    /// The pause as a multiple of what the last one took.
    let factor: Double
    /// Nobody waits for longer, in seconds, unless the last one took longer itself. On a busy machine everything takes
    /// long, and the picture must not stand still just when there is something to see.
    let longest: Double
    private var lastEnd = 0.0
    private var lastCost = 0.0

    init(shortest: Double, factor: Double, longest: Double = .infinity) {
        self.shortest = shortest
        self.factor = factor
        self.longest = longest
    }

    static func now() -> Double { Date().timeIntervalSinceReferenceDate }

    /// Seconds to wait from now on.
    func wait(from now: Double = Pace.now()) -> Double { max(0, lastEnd + pause - now) }

    private var pause: Double { max(shortest, min(lastCost * factor, max(longest, lastCost))) }

    mutating func note(from start: Double, to end: Double = Pace.now()) {
        lastEnd = end
        // A clock that was set back must not stop anything for long.
        lastCost = max(0, end - start)
    }
}
