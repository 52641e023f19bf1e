/// Text that Markdown shows as it is, on one line: punctuation that could mean something is coded as an HTML entity,
/// and control characters are made visible.
public func markdownText(_ text: String) -> String {
    var result = ""
    for scalar in safeText(text).unicodeScalars {
        switch scalar {
        case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "&", "#", "~", "$", "@", "!":
            result += "&#\(scalar.value);"
        case "\n": result += " "
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
