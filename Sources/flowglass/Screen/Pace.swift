import Foundation

/// How soon something may be done again: what takes long leaves a multiple of its own time for others.
struct Pace: Sendable {
    /// The least pause between two, in seconds.
    let shortest: Double
    /// The least pause as a multiple of what the last one took.
    let factor: Double
    private var lastEnd = 0.0
    private var lastCost = 0.0

    init(shortest: Double, factor: Double) {
        self.shortest = shortest
        self.factor = factor
    }

    static func now() -> Double { Date().timeIntervalSinceReferenceDate }

    /// Seconds to wait from now on.
    func wait(from now: Double = Pace.now()) -> Double { max(0, lastEnd + max(shortest, lastCost * factor) - now) }

    mutating func note(from start: Double, to end: Double = Pace.now()) {
        lastEnd = end
        // A clock that was set back must not stop anything for long.
        lastCost = max(0, end - start)
    }
}
