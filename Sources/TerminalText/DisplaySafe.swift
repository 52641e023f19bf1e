/// The columns that `displaySafe(text)` takes on a terminal: 한글 takes four.
public func displayWidth(_ text: String) -> Int {
    if isPlainASCII(text) { return text.utf8.count }
    var width = 0
    for cell in TextCells(text) { width += cell.width }
    return width
}

/// The text as it may be shown to a person: nothing in it can move the cursor, recolour or retitle the terminal,
/// reverse the reading direction or hide.
///
///     displaySafe("a\u{1B}[31m\u{202E}b")   // "a␛[31m\u{202E}b", the last escape spelled out in eight columns
///
/// C0 controls become their pictures (a tab becomes a blank), C1 and bidirectional controls and invisible scalars are
/// spelled `\u{…}`, combining marks beyond four are left out. Safe text stays as it is: the function is idempotent.
public func displaySafe(_ text: String) -> String {
    if isPlainASCII(text) { return text }
    var safe = ""
    safe.reserveCapacity(text.utf8.count)
    for cell in TextCells(text) { cell.append(to: &safe) }
    return safe
}

/// Whether every byte is a printable ASCII character, so that one byte is one cell.
func isPlainASCII(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 &- 0x20 < 0x5F }
}
