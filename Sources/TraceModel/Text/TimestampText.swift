import OTLPCoding

/// `2026-01-15T09:00:00Z` of nanoseconds since the Unix epoch.
/// - Parameter milliseconds: Whether three digits of the second's fraction are written, too: `2026-01-15T09:00:00.000Z`.
public func timestampText(_ nanoseconds: UInt64, milliseconds: Bool = false) -> String {
    let day = CalendarDay(of: nanoseconds, secondsFromUTC: 0)
    let second = Int(nanoseconds / 1_000_000_000 % 86_400)
    let clock = [second / 3_600, second / 60 % 60, second % 60].map { padded($0, 2) }.joined(separator: ":")
    let fraction = milliseconds ? "." + padded(Int(nanoseconds / 1_000_000 % 1_000), 3) : ""
    return "\(padded(day.year, 4))-\(padded(day.month, 2))-\(padded(day.day, 2))T\(clock)\(fraction)Z"
}

private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
