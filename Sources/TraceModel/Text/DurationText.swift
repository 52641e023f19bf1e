/// A duration of nanoseconds as people read it: `<0.1ms`, `2.1ms`, `38ms`, `1.2s`, `45s`, `3m20s`, `2h05m`, `3d`.
public func durationText(_ nanoseconds: UInt64) -> String {
    if nanoseconds == 0 { return "0ms" }
    if nanoseconds < 100_000 { return "<0.1ms" }
    if nanoseconds < 9_950_000 { return tenths(nanoseconds, of: 1_000_000) + "ms" }
    if nanoseconds < 999_500_000 { return "\((nanoseconds + 500_000) / 1_000_000)ms" }
    if nanoseconds < 9_950_000_000 { return tenths(nanoseconds, of: 1_000_000_000) + "s" }
    let seconds = nanoseconds / 1_000_000_000 + (nanoseconds % 1_000_000_000 >= 500_000_000 ? 1 : 0)
    return switch seconds {
    case ..<60: "\(seconds)s"
    case ..<3_600: "\(seconds / 60)m\(twoDigits(seconds % 60))s"
    case ..<86_400: "\(seconds / 3_600)h\(twoDigits(seconds / 60 % 60))m"
    default: "\(seconds / 86_400)d"
    }
}

private func tenths(_ nanoseconds: UInt64, of unit: UInt64) -> String {
    let tenths = (nanoseconds + unit / 20) / (unit / 10)
    return "\(tenths / 10).\(tenths % 10)"
}

private func twoDigits(_ number: UInt64) -> String { number < 10 ? "0\(number)" : String(number) }
