import TerminalText

/// Outside text for a line-based report: line breaks stay, every other control character is made visible.
func safeText(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { displaySafe(String($0)) }.joined(
        separator: "\n")
}
