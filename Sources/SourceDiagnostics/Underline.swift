import TerminalText

/// The line that goes below a text to mark stretches of it, aligned by display width: `   ^^^^  ^^`.
///
/// The ranges count Unicode scalars from 0 and stand in order.
public func underline(below text: String, marking ranges: [Range<Int>]) -> String {
    let scalars = Array(text.unicodeScalars)
    var line = ""
    for range in ranges {
        let from = min(max(range.lowerBound, 0), scalars.count)
        let to = min(max(range.upperBound, from), scalars.count)
        let before = displayWidth(String(String.UnicodeScalarView(scalars[..<from])))
        let marked = displayWidth(String(String.UnicodeScalarView(scalars[from..<to])))
        line +=
            String(repeating: " ", count: max(0, before - line.count)) + String(repeating: "^", count: max(1, marked))
    }
    return line
}
