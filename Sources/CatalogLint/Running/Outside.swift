#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The current day in UTC as `2026-01-15`.
func currentDay() -> String {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let month = Int(parts.tm_mon) + 1
    let day = Int(parts.tm_mday)
    return "\(Int(parts.tm_year) + 1900)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
}

/// Whether something can be read at the path.
func isFile(at path: String) -> Bool { access(path, F_OK) == 0 }
