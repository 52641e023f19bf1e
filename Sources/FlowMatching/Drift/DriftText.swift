import OTLPCoding
import TraceModel

/// `first in the window 2026-01-15T09:00:00Z, last 2026-01-15T09:00:41Z`: what a window begins with may be older.
func seenText(_ first: UInt64, _ last: UInt64) -> String {
    "first in the window \(timestampText(first)), last \(timestampText(last))"
}

/// Conversations to look at: one line, or none.
func exampleText(_ examples: Examples) -> [String] {
    guard !examples.traces.isEmpty else { return [] }
    return ["for example flowglass trace \(examples.traces.map(\.description).joined(separator: ", "))"]
}

/// `a`, `a and b`, `a, b and c`, each in quotes; after five it says how many more.
func namesText(_ names: some Sequence<String>) -> String {
    let all = names.map { "'\($0)'" }
    guard all.count > 1 else { return all.first ?? "" }
    if all.count > 6 { return all.prefix(5).joined(separator: ", ") + " and \(all.count - 5) more" }
    return all.dropLast().joined(separator: ", ") + " and " + all[all.count - 1]
}
