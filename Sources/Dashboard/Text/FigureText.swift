import OTLPCoding
import TerminalUI
import TraceModel

/// How figures are written on the screens: short, with their unit, the same everywhere.
enum FigureText {
    /// Messages or calls a second: `0`, `0.02`, `3.0`, `41.0`, `412`, `1.2k`.
    static func rate(_ perSecond: Double) -> String {
        guard perSecond > 0 else { return "0" }
        if perSecond < 0.005 { return "<0.01" }
        if perSecond < 1 { return decimal(perSecond, places: 2) }
        return perSecond < 99.95 ? decimal(perSecond, places: 1) : scaled(perSecond)
    }

    /// How many: `0`, `812`, `1.2k`, `3.4M`.
    static func count(_ count: Int) -> String { scaled(Double(count)) }

    /// A size: `812B`, `12kB`, `3.4MB`, `1.2GB`, in powers of a thousand.
    static func bytes(_ count: Int) -> String {
        var value = Double(max(0, count))
        var unit = "B"
        for larger in ["kB", "MB", "GB", "TB"] where value >= 999.5 { (value, unit) = (value / 1_000, larger) }
        return decimal(value, places: unit == "B" || value >= 9.95 ? 0 : 1) + unit
    }

    /// A duration that may be negative because two clocks disagree.
    static func signedDuration(_ nanoseconds: Int64) -> String {
        (nanoseconds < 0 ? "-" : "") + durationText(nanoseconds.magnitude)
    }

    /// How long ago something was: `now`, `3s ago`, `2m ago`, `1h ago`, `3d ago`.
    static func age(of time: UInt64, at now: UInt64) -> String {
        let seconds = now > time ? (now - time) / 1_000_000_000 : 0
        switch seconds {
        case 0: return "now"
        case ..<60: return "\(seconds)s ago"
        case ..<3_600: return "\(seconds / 60)m ago"
        case ..<86_400: return "\(seconds / 3_600)h ago"
        default: return "\(seconds / 86_400)d ago"
        }
    }

    /// How long before the moment that is looked at something was, or a dash for never.
    static func ageOrDash(of time: UInt64, _ model: DashboardModel) -> String {
        time == 0 ? model.settings.glyphs.dash : age(of: time, at: model.facts.moment)
    }

    /// The time of day of a moment on the same day, else its day and minute: `14:03:22`, `01-15 14:03`.
    static func moment(_ time: UInt64, at now: UInt64, secondsFromUTC offset: Int) -> String {
        let clock = clock(time, secondsFromUTC: offset)
        let day = CalendarDay(of: time, secondsFromUTC: offset)
        guard day != CalendarDay(of: now, secondsFromUTC: offset) else { return clock }
        return "\(twoDigits(day.month))-\(twoDigits(day.day)) \(clock.prefix(5))"
    }

    /// The time of day of a moment, `14:03:22`, so many seconds east of UTC.
    static func clock(_ time: UInt64, secondsFromUTC offset: Int) -> String {
        let day = 86_400
        let local = Int(time / 1_000_000_000 % UInt64(day)) + offset % day
        let second = (local % day + day) % day
        return [second / 3_600, second / 60 % 60, second % 60].map(twoDigits).joined(separator: ":")
    }

    /// A share of 0...1: `0.0%`, `1.2%`, `100%`.
    static func percent(_ share: Double) -> String {
        let percent = min(max(share, 0), 1) * 100
        if percent > 0, percent < 0.05 { return "<0.1%" }
        return percent > 99.95 ? "100%" : decimal(percent, places: 1) + "%"
    }

    /// `1 hop`, `2 hops`
    static func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
        count == 1 ? "1 \(noun)" : "\(self.count(count)) \(plural ?? noun + "s")"
    }

    /// Small raised digits behind a tab's title: `³`, `¹²`, `⁹⁹⁺`; `(3)` where only ASCII can be shown.
    static func badge(_ count: Int, ascii: Bool) -> String {
        if ascii { return "(\(min(count, 99))\(count > 99 ? "+" : ""))" }
        let raised = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        let digits = String(min(max(count, 0), 99)).compactMap { $0.wholeNumberValue.map { raised[$0] } }
        return String(digits) + (count > 99 ? "⁺" : "")
    }

    private static func scaled(_ value: Double) -> String {
        guard value.isFinite else { return "?" }
        if value < 999.5 { return decimal(value, places: 0) }
        if value < 9_950 { return decimal(value / 1e3, places: 1) + "k" }
        if value < 999_500 { return decimal(value / 1e3, places: 0) + "k" }
        return decimal(min(value / 1e6, 1e12), places: value < 9.95e6 ? 1 : 0) + "M"
    }

    /// A number with so many digits behind the point, rounded half away from zero. Values stay below 10^15.
    private static func decimal(_ value: Double, places: Int) -> String {
        let factor = places == 0 ? 1 : places == 1 ? 10 : 100
        let scaled = Int((min(max(value, -1e15), 1e15) * Double(factor)).rounded())
        guard places > 0 else { return String(scaled) }
        let digits = String(scaled % factor)
        return "\(scaled / factor)." + String(repeating: "0", count: places - digits.count) + digits
    }

    static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
