import OTLPCoding

/// `2026-01-15T09:00:00Z` of nanoseconds since the Unix epoch (Howard Hinnant's civil-from-days algorithm).
func timeText(_ nanoseconds: UInt64) -> String {
    let seconds = Int64(nanoseconds / 1_000_000_000)
    let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let civilMonth = month < 10 ? month + 3 : month - 9
    let year = yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0)
    func two(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(year)-\(two(civilMonth))-\(two(day))T\(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
}

/// `first seen 2026-01-15T09:00:00Z, last 2026-01-15T09:00:41Z`
func seenText(_ first: UInt64, _ last: UInt64) -> String { "first seen \(timeText(first)), last \(timeText(last))" }

/// Conversations to look at: one line, or none.
func exampleText(_ examples: Examples) -> [String] {
    guard !examples.traces.isEmpty else { return [] }
    return ["for example flowglass trace \(examples.traces.map(\.description).joined(separator: ", "))"]
}

/// `740µs`, `38ms`, `1.2s`, `2m5s`: what people read.
func durationText(_ nanoseconds: UInt64) -> String {
    func tenths(_ unit: UInt64) -> String {
        let value = (nanoseconds + unit / 20) / (unit / 10)
        return value % 10 == 0 || value >= 100 ? "\(value / 10)" : "\(value / 10).\(value % 10)"
    }
    return switch nanoseconds {
    case 0..<1_000: "\(nanoseconds)ns"
    case 1_000..<1_000_000: "\(nanoseconds / 1_000)µs"
    case 1_000_000..<1_000_000_000: tenths(1_000_000) + "ms"
    case 1_000_000_000..<100_000_000_000: tenths(1_000_000_000) + "s"
    default: "\(nanoseconds / 60_000_000_000)m\(nanoseconds / 1_000_000_000 % 60)s"
    }
}

/// `a`, `a and b`, `a, b and c`, each in quotes; after five it says how many more.
func namesText(_ names: some Sequence<String>) -> String {
    let all = names.map { "'\($0)'" }
    guard all.count > 1 else { return all.first ?? "" }
    if all.count > 6 { return all.prefix(5).joined(separator: ", ") + " and \(all.count - 5) more" }
    return all.dropLast().joined(separator: ", ") + " and " + all[all.count - 1]
}

/// `1 message`, `3 messages`
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
