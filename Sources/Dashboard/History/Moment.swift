import OTLPCoding

/// The end of the minute that a moment lies in; the moment itself where it is a whole minute. Figures are kept by the
/// minute: only a whole one is the end of figures and of everything else. Nanoseconds since the Unix epoch.
func wholeMinute(atOrAfter moment: UInt64) -> UInt64 {
    let minute: UInt64 = 60_000_000_000
    return moment % minute == 0 || moment > .max - minute ? moment : (moment / minute + 1) * minute
}

/// Reads what a person types as a moment.
///
///     -2h  -30m  -3d       so long ago
///     09:30  09:30:15      the last time the clock showed that
///     2026-01-15  2026-01-15 09:30
///     oldest  now
enum Moment: Sendable, Equatable {
    case now
    /// Nanoseconds since the Unix epoch.
    case past(UInt64)

    static let examples = "-2h, 09:30, 2026-01-15 09:30, oldest or now"

    /// - Parameters:
    ///   - oldest: the first moment that anything is stored of.
    ///   - offset: how far the typed clock is east of UTC, in seconds.
    init?(_ typed: String, now: UInt64, oldest: UInt64?, secondsFromUTC offset: Int) {
        let text = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        switch text {
        case "": return nil
        case "now": self = .now
        case "oldest":
            guard let oldest else { return nil }
            self = .past(oldest)
        default:
            guard let time = Self.ago(text, now: now) ?? Self.clock(text, now: now, offset: offset) else { return nil }
            self = time >= now ? .now : .past(time)
        }
    }

    /// `-2h`: a minus, a number, a unit.
    private static func ago(_ text: String, now: UInt64) -> UInt64? {
        guard text.hasPrefix("-"), let unit = text.last, let number = UInt64(text.dropFirst().dropLast()) else {
            return nil
        }
        let seconds: UInt64
        switch unit {
        case "s": seconds = 1
        case "m": seconds = 60
        case "h": seconds = 3_600
        case "d": seconds = 86_400
        default: return nil
        }
        let (length, isTooLong) = number.multipliedReportingOverflow(by: seconds * 1_000_000_000)
        return isTooLong || length > now ? 0 : now - length
    }

    /// A day, a time of day, or both.
    private static func clock(_ text: String, now: UInt64, offset: Int) -> UInt64? {
        let parts = text.split(whereSeparator: { $0 == " " || $0 == "t" })
        guard (1...2).contains(parts.count) else { return nil }
        let day = day(parts[0])
        let clock = day == nil ? parts[0] : parts.count == 2 ? parts[1] : "00:00"
        guard day != nil || parts.count == 1, let second = secondOfDay(clock) else { return nil }
        if let day { return nanoseconds(day.daysSinceEpoch * 86_400 + second - offset) }
        let today = CalendarDay(of: now, secondsFromUTC: offset).daysSinceEpoch
        let candidate = today * 86_400 + second - offset
        return nanoseconds(candidate > Int(clamping: now / 1_000_000_000) ? candidate - 86_400 : candidate)
    }

    private static func day(_ text: Substring) -> CalendarDay? {
        let numbers = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
        guard numbers.count == 3, (1970...9999).contains(numbers[0]), (1...12).contains(numbers[1]),
            (1...31).contains(numbers[2])
        else { return nil }
        return CalendarDay(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    private static func secondOfDay(_ text: Substring) -> Int? {
        let numbers = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
        guard (2...3).contains(numbers.count), (0...23).contains(numbers[0]),
            numbers.dropFirst().allSatisfy((0...59).contains)
        else { return nil }
        return numbers[0] * 3_600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
    }

    private static func nanoseconds(_ seconds: Int) -> UInt64? {
        guard seconds >= 0 else { return nil }
        let (product, isBeyond) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        // 2554 and later: still the future.
        return isBeyond ? .max : product
    }
}
