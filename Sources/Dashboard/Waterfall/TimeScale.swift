import TerminalUI

/// Puts moments of a conversation on a row of cells, two steps a cell.
struct TimeScale: Sendable, Equatable {
    /// Nanoseconds since the Unix epoch.
    var start: UInt64
    var end: UInt64
    /// In cells.
    var width: Int

    /// A bar: a message waits from the first moment, a service works from the second to the third.
    ///
    ///     ┄┄┄┄██▌
    ///
    /// Work is visible at least as half a cell, and wait is only drawn where there is no work.
    func bar(waitingFrom: UInt64?, from workStart: UInt64, to workEnd: UInt64, glyphs: Glyphs) -> Bar {
        guard width > 0 else { return Bar(lead: 0, waiting: "", work: "") }
        let first = min(halfCell(of: workStart), 2 * width - 1)
        let last = min(max(first + 1, halfCell(of: workEnd)), 2 * width)
        var work = ""
        for cell in first / 2...(last - 1) / 2 {
            let hasLeft = first <= 2 * cell
            let hasRight = last > 2 * cell + 1
            work += hasLeft && hasRight ? glyphs.barFull : hasLeft ? glyphs.barLeftHalf : glyphs.barRightHalf
        }
        guard let waitingFrom, waitingFrom < workStart else { return Bar(lead: first / 2, waiting: "", work: work) }
        let lead = min(halfCell(of: waitingFrom) / 2, first / 2)
        return Bar(lead: lead, waiting: String(repeating: glyphs.waiting, count: first / 2 - lead), work: work)
    }

    struct Bar: Sendable, Equatable {
        /// Blank cells before.
        var lead: Int
        var waiting: String
        var work: String
    }

    private func halfCell(of time: UInt64) -> Int {
        guard end > start, time > start else { return 0 }
        let share = Double(time - start) / Double(end - start)
        return Int((min(share, 1) * Double(2 * width)).rounded())
    }
}
