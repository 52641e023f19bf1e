extension Duration {
    /// A duration as the catalog writes it: a whole number and `ms`, `s`, `m`, `h` or `d`. Nil for anything else, and
    /// for more than about 290 million years.
    public init?(catalogText text: String) {
        let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard let number = Int64(String(decoding: digits, as: UTF8.self)) else { return nil }
        let milliseconds: Int64
        switch String(decoding: text.utf8.dropFirst(digits.count), as: UTF8.self) {
        case "ms": milliseconds = 1
        case "s": milliseconds = 1000
        case "m": milliseconds = 60_000
        case "h": milliseconds = 3_600_000
        case "d": milliseconds = 86_400_000
        default: return nil
        }
        let (total, overflow) = number.multipliedReportingOverflow(by: milliseconds)
        guard !overflow else { return nil }
        self = .milliseconds(total)
    }

    /// The same again: `90s`, `10m`, `7d`; the largest unit that is exact.
    public var catalogText: String {
        let (seconds, attoseconds) = components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        if milliseconds != 0 { return "\(seconds * 1000 + milliseconds)ms" }
        if seconds != 0, seconds % 86_400 == 0 { return "\(seconds / 86_400)d" }
        if seconds != 0, seconds % 3600 == 0 { return "\(seconds / 3600)h" }
        if seconds != 0, seconds % 60 == 0 { return "\(seconds / 60)m" }
        return "\(seconds)s"
    }
}

/// Whether the text is a day of the Gregorian calendar as `2026-12-31`.
func isCalendarDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return false }
    let parts = [bytes[0..<4], bytes[5..<7], bytes[8..<10]].map { part in
        part.allSatisfy { (48...57).contains($0) } ? part.reduce(0) { $0 * 10 + Int($1) - 48 } : -1
    }
    let (year, month, day) = (parts[0], parts[1], parts[2])
    guard year >= 0, (1...12).contains(month) else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
}

/// A duration that people spell out, as the catalog writes it: `5 seconds` is `5s`, `2 weeks` is `14d`. Nil for what has
/// no one meaning, as a number alone or a month.
func catalogDuration(spelt text: String) -> String? {
    let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard let number = Int64(String(decoding: digits, as: UTF8.self)), number <= 1_000_000_000 else { return nil }
    let unit = String(decoding: text.utf8.dropFirst(digits.count).drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
    switch unit.lowercased() {
    case "msec", "msecs", "millis", "millisecond", "milliseconds", "ms": return "\(number)ms"
    case "s", "sec", "secs", "second", "seconds", "초": return "\(number)s"
    case "min", "mins", "minute", "minutes", "분": return "\(number)m"
    case "h", "hr", "hrs", "hour", "hours", "시간": return "\(number)h"
    case "d", "day", "days", "일": return "\(number)d"
    case "w", "wk", "week", "weeks", "주": return "\(number * 7)d"
    default: return nil
    }
}
