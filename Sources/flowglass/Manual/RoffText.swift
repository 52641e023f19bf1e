/// Text as man(7) shows it unchanged: in groff and in mandoc, whatever the locale that they run in.
///
/// Escapes of groff_char(7): a hyphen that can be copied, quotes that are not curled, and other scripts by number.
func roffText(_ text: String) -> String {
    var roff = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\\": roff += "\\e"
        case "-": roff += "\\-"
        case "'": roff += "\\(aq"
        case "\"": roff += "\\(dq"
        case "`": roff += "\\(ga"
        case "^": roff += "\\(ha"
        case "~": roff += "\\(ti"
        case _ where scalar.isASCII: roff.unicodeScalars.append(scalar)
        default:
            let hexadecimal = String(scalar.value, radix: 16, uppercase: true)
            roff += "\\[u" + String(repeating: "0", count: max(0, 4 - hexadecimal.count)) + hexadecimal + "]"
        }
    }
    // A line that begins with a dot or an apostrophe would be a request; the apostrophe is escaped already.
    return roff.hasPrefix(".") ? "\\&" + roff : roff
}

/// A paragraph as lines of the source of a page, at most 78 bytes where words allow it.
func roffLines(_ paragraph: String) -> [String] {
    var lines: [String] = []
    for word in paragraph.split(whereSeparator: \.isWhitespace) {
        let roff = roffText(String(word))
        if let last = lines.last, last.utf8.count + roff.utf8.count < 78 {
            lines[lines.count - 1] = last + " " + roff
        } else {
            lines.append(roff)
        }
    }
    return lines
}
