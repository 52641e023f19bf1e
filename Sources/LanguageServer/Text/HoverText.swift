import TerminalText

/// Text of the catalog inside the Markdown of a hover: as it is written, since some editors show the source, but without
/// what could fetch an image, hide as HTML or move a cursor.
func hoverText(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { displaySafe(String($0)).replacing("![", with: "!\\[").replacing("<", with: "\\<") }
        .joined(separator: "\n")
}

/// Markdown without its marks, for a client that shows plain text only.
func withoutMarks(_ markdown: String) -> String {
    markdown.replacing("**", with: "").replacing("\\[", with: "[").replacing("\\<", with: "<")
}
