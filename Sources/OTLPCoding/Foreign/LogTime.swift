/// A log's time in nanoseconds since the Unix epoch: RFC 3339, or a number of seconds, milliseconds, microseconds or
/// nanoseconds, whichever puts it between 1973 and 5138. Nil for what is none, or beyond the year 2554, where 64 bits end.
///
///     2026-01-15T18:00:00.25+09:00      1768467600250000000
///     1768467600.25                     1768467600250000000
///     1768467600250                     1768467600250000000
func nanoseconds(time text: String) -> UInt64? {
    if let number = Double(text), number.isFinite, number > 0 {
        if let whole = UInt64(text) {
            for (limit, factor) in [
                (100_000_000_000, 1_000_000_000), (100_000_000_000_000, 1_000_000), (100_000_000_000_000_000, 1_000),
            ] as [(UInt64, UInt64)]
            where whole < limit {
                let (value, overflow) = whole.multipliedReportingOverflow(by: factor)
                return overflow ? nil : value
            }
            return whole
        }
        let factor = number < 1e11 ? 1e9 : 1e6
        return number < 1e14 ? UInt64(exactly: (number * factor).rounded(.down)) : nil
    }
    return nanoseconds(rfc3339: Array(text.utf8))
}

private func nanoseconds(rfc3339 text: [UInt8]) -> UInt64? {
    func number(_ range: Range<Int>) -> Int? {
        guard range.upperBound <= text.count else { return nil }
        var value = 0
        for byte in text[range] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }
    guard text.count >= 20, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
        [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(text[10]), text[13] == UInt8(ascii: ":"),
        text[16] == UInt8(ascii: ":"), let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
        let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19), year >= 1970,
        (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
    else { return nil }
    var index = 19
    var fraction: UInt64 = 0
    if text[index] == UInt8(ascii: ".") || text[index] == UInt8(ascii: ",") {
        index += 1
        var digits = 0
        while index < text.count, let digit = number(index..<index + 1) {
            if digits < 9 { fraction = fraction * 10 + UInt64(digit) }
            digits += 1
            index += 1
        }
        guard digits > 0 else { return nil }
        while digits < 9 {
            fraction *= 10
            digits += 1
        }
    }
    guard index < text.count,
        let offset = offset(Array(text[index...]), number: { number(index + $0.lowerBound..<index + $0.upperBound) })
    else { return nil }
    let days = CalendarDay(year: year, month: month, day: day).daysSinceEpoch
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset
    guard seconds >= 0, seconds <= UInt64.max / 1_000_000_000 - 1 else { return nil }
    return UInt64(seconds) * 1_000_000_000 + fraction
}

/// Seconds east of UTC: `Z`, `+09:00`, `+0900`.
private func offset(_ zone: [UInt8], number: (Range<Int>) -> Int?) -> Int? {
    if zone == [UInt8(ascii: "Z")] || zone == [UInt8(ascii: "z")] { return 0 }
    guard zone.first == UInt8(ascii: "+") || zone.first == UInt8(ascii: "-"), zone.count == 5 || zone.count == 6,
        let hours = number(1..<3), let minutes = number(zone.count == 6 ? 4..<6 : 3..<5), hours < 24, minutes < 60
    else { return nil }
    return (zone[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 3_600 + minutes * 60)
}
