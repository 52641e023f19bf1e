import OTLPCoding
import TerminalUI
import TraceModel

extension DashboardModel {
    /// Looks at the stretch of time that ends with the minute of a moment, or at what happens now.
    mutating func look(until moment: UInt64?) -> [Effect] { look(untilExactly: moment.map(pastMinute)) }

    /// The end of the minute of a moment; where that is yet to come, the whole minute before.
    private func pastMinute(of moment: UInt64) -> UInt64 {
        let minute = wholeMinute(atOrAfter: moment)
        return minute <= facts.now ? minute : moment / 60_000_000_000 * 60_000_000_000
    }

    private mutating func look(untilExactly moment: UInt64?) -> [Effect] {
        overlay = nil
        guard moment != until else { return [] }
        if moment == nil { laterMoments = [] }
        until = moment
        waiting = nil
        lists[.traces]?.select(key: nil)
        notice = moment.map { "looking at \(momentText($0)); . comes back to now" } ?? "live again"
        return [.setRange(window, until: moment)]
    }

    /// Whether what is shown is of another stretch of time than the one that was asked for.
    var isReading: Bool {
        let snapshot = facts.snapshot
        return until != snapshot.until || window != snapshot.window
            || screen == .drift && facts.drift != nil && !isDriftCurrent
    }

    /// Back by the window; on Traces to what began before the oldest conversation of the list.
    mutating func lookEarlier() -> [Effect] {
        let health = facts.snapshot.health
        guard let oldest = health.oldest else { return [] }
        let from = until ?? facts.now
        let length = window.nanoseconds ?? 3_600_000_000_000
        var target = from > length ? from - length : 0
        // Several pages may have begun within one minute.
        let isPage = screen == .traces && !facts.snapshot.conversations.isEmpty
        if isPage, let last = facts.snapshot.conversations.last { target = min(from, max(last.start, 1) - 1) }
        guard target > oldest else {
            guard from > oldest else {
                notice = "nothing is older: \(momentText(oldest)) is the first that is stored"
                return []
            }
            // The first minute that anything is stored of.
            let first = min(from, oldest &+ 60_000_000_000)
            guard until != first else {
                notice = "nothing is older: \(momentText(oldest)) is the first that is stored"
                return []
            }
            target = first
            laterMoments.append(until)
            return look(until: target)
        }
        laterMoments.append(until)
        return isPage ? look(untilExactly: target) : look(until: target)
    }

    /// The way that one went back, step by step; without one, forward by the window.
    mutating func lookLater() -> [Effect] {
        guard let until else { return [] }
        if let moment = laterMoments.popLast() { return look(untilExactly: moment) }
        if let lastMoment, until >= lastMoment {
            notice = "nothing is newer: \(momentText(lastMoment)) is the end of the file"
            return []
        }
        let (target, isBeyond) = until.addingReportingOverflow(window.nanoseconds ?? 3_600_000_000_000)
        if let lastMoment, isBeyond || target > lastMoment { return look(untilExactly: lastMoment) }
        return look(until: isBeyond || target >= facts.now || pastMinute(of: target) <= until ? nil : target)
    }

    mutating func openMoment() -> [Effect] {
        overlay = .moment(TextInput())
        return []
    }

    mutating func lookAtTypedMoment() -> [Effect] {
        guard case .moment(let input) = overlay else { return [] }
        let moment = Moment(
            input.text, now: facts.now, oldest: facts.snapshot.health.oldest, secondsFromUTC: settings.secondsFromUTC)
        switch moment {
        case .now: return look(until: nil)
        case .past(let time):
            // The first minute that anything is stored of, at the least.
            return look(until: max(time, facts.snapshot.health.oldest.map { $0 &+ 60_000_000_000 } ?? time))
        case nil:
            notice = "'\(input.text)' is no moment: try \(Moment.examples)"
            return []
        }
    }

    /// The moment that the picture in front ends at. Only pages of Traces end within a minute; figures count it whole.
    var shownUntil: UInt64? { until.map { screen == .traces ? $0 : wholeMinute(atOrAfter: $0) } }

    func momentText(_ time: UInt64) -> String {
        let day = CalendarDay(of: time, secondsFromUTC: settings.secondsFromUTC)
        let clock = FigureText.clock(time, secondsFromUTC: settings.secondsFromUTC)
        return "\(day.year)-\(FigureText.twoDigits(day.month))-\(FigureText.twoDigits(day.day)) \(clock)"
    }
}
