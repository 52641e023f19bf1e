/// Where text stands in a field that is wider than it.
public enum TextAlignment: Sendable, Equatable {
    case left, right, center
}

/// The text, display-safe and cut at a cell boundary so that it takes at most `width` columns.
///
///     truncated("주문완료", to: 6)   // "주문…": five columns, because 완 would need columns five and six
///
/// A text that is cut ends with the ellipsis, if that fits.
public func truncated(_ text: String, to width: Int, ellipsis: String = "…") -> String {
    fitted(text, to: width, ellipsis: ellipsis).text
}

/// The text in exactly `width` columns, display-safe: truncated when longer, filled with blanks when shorter.
public func padded(_ text: String, to width: Int, alignment: TextAlignment = .left) -> String {
    let (text, used) = fitted(text, to: width, ellipsis: "…")
    let missing = max(0, width - used)
    let before =
        switch alignment {
        case .left: 0
        case .right: missing
        case .center: missing / 2
        }
    return String(repeating: " ", count: before) + text + String(repeating: " ", count: missing - before)
}

private func fitted(_ text: String, to width: Int, ellipsis: String) -> (text: String, width: Int) {
    guard width > 0 else { return ("", 0) }
    if isPlainASCII(text), text.utf8.count <= width { return (text, text.utf8.count) }

    // Everything that fits, and where to cut back to if it turns out that not everything fits.
    let markWidth = displayWidth(ellipsis)
    let limit = markWidth <= width ? width - markWidth : width
    var kept = ""
    var used = 0
    var cut = (index: kept.endIndex, width: 0)
    for cell in TextCells(text) {
        if used + cell.width > width {
            let head = String(kept[..<cut.index])
            return markWidth <= width ? (head + displaySafe(ellipsis), cut.width + markWidth) : (head, cut.width)
        }
        cell.append(to: &kept)
        used += cell.width
        if used <= limit { cut = (kept.endIndex, used) }
    }
    return (kept, used)
}
