import TerminalText

/// The text on lines of at most so many columns, broken between words; a longer word is cut.
func wrapped(_ text: String, to width: Int) -> [String] {
    guard width > 0 else { return [] }
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
        let longer = line.isEmpty ? String(word) : "\(line) \(word)"
        if displayWidth(longer) <= width {
            line = longer
        } else {
            if !line.isEmpty { lines.append(line) }
            line = truncated(String(word), to: width)
        }
    }
    return lines + [line]
}
