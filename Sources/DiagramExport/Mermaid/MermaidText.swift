/// Text of people, made safe to stand inside a Mermaid diagram and to be drawn as it was written.
///
/// Mermaid has no quoting that holds in all its versions, so that characters with a meaning are written as decimal
/// entities (`#34;`), which every version from 10.5 on draws as the character. Letters, Hangul, blanks and plain
/// punctuation stay readable in the source.
enum MermaidText {
    /// For flowcharts, between quotes: `["…"]`, `|"…"|`, `subgraph g_x["…"]`.
    ///
    ///     say "hi"      say #34;hi#34;
    ///     List<Order>   List#60;Order#62;
    ///     1. item       1#46; item
    static func label(_ text: String) -> String { label([text]) }

    /// Several texts below each other.
    static func label(_ texts: [String]) -> String {
        let lines = texts.flatMap(lines)
        guard !lines.isEmpty else { return "#nbsp;" }
        return lines.map { coded($0, flowchartSpecials, leadingMark: marksList) }.joined(
            separator: separator(of: lines))
    }

    /// For sequence diagrams, unquoted to the end of the line: messages, aliases, notes.
    static func line(_ text: String) -> String {
        let lines = lines(of: text)
        guard !lines.isEmpty else { return "#8203;" }
        return lines.map { coded($0, sequenceSpecials, leadingMark: marksStatement) }.joined(separator: "<br/>")
    }

    /// For state diagrams, between quotes or after a colon.
    static func state(_ text: String) -> String { state([text]) }

    /// Several texts below each other.
    static func state(_ texts: [String]) -> String {
        let lines = texts.flatMap(lines)
        guard !lines.isEmpty else { return "#8203;" }
        return lines.map { coded($0, stateSpecials, leadingMark: marksList) }.joined(separator: separator(of: lines))
    }

    /// For the front matter: a YAML double-quoted string, quotes included.
    static func quoted(_ text: String) -> String {
        let escaped = lines(of: text).joined(separator: " ").flatMap { character -> String in
            character == "\"" || character == "\\" ? "\\\(character)" : String(character)
        }
        return "\"" + String(escaped) + "\""
    }

    /// For `accTitle` and `accDescr`, which have no escapes: what could have a meaning becomes a blank.
    static func accessible(_ text: String) -> String {
        let plain = lines(of: text).joined(separator: " ").unicodeScalars.map { scalar -> Character in
            let isPlain =
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || ".,:()/-".unicodeScalars.contains(scalar)
            return isPlain ? Character(scalar) : " "
        }
        let words = String(plain).split(separator: " ").joined(separator: " ")
        return words.isEmpty ? "Flowglass" : words
    }

    // MARK: - Parts

    private static let flowchartSpecials = ASCIISet("\"#;&<>`$\\%{}*_~|[]")
    private static let stateSpecials = ASCIISet("\"#;&<>`$\\%{}*_~|[]:")
    private static let sequenceSpecials = ASCIISet("\"#;&<>`$\\%{}*_")

    /// Icon prefixes (`fa:fa-car`) that flowcharts replace by an icon.
    private static let iconPrefixes: Set<String> = ["fa", "fab", "fad", "fak", "fal", "far", "fas", "logos", "mdi"]

    /// The lines that are not empty, without control and direction characters, blanks collapsed.
    private static func lines(of text: String) -> [String] {
        isPlain(text) || isOneVisibleLine(text) ? [text] : visibleLines(of: text)
    }

    /// Most names are one word of letters, digits, dots and dashes: nothing in them needs a second look.
    private static func isPlain(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard let first = bytes.first, isLetter(first) || first >= 0xE3 else { return false }
            return bytes.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
                // What cannot be seen is in blocks that begin with other bytes than these.
                case 0x80...0xBF, 0xE3...0xED: true
                default: isLetter(byte)
                }
            }
        }
    }

    /// Words with one blank between them, of characters that can be seen: already as they are drawn.
    private static func isOneVisibleLine(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var last = UInt8(ascii: " ")
            for byte in bytes {
                switch byte {
                case UInt8(ascii: " "): if last == byte { return false }
                case 0x21...0x7E, 0x80...0xBF, 0xE3...0xED: break
                default: return false
                }
                last = byte
            }
            return last != UInt8(ascii: " ")
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    private static func visibleLines(of text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let visible = String(String.UnicodeScalarView(line.unicodeScalars.filter { !isDropped($0) }))
            let words = visible.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
            return words.isEmpty ? nil : words
        }
    }

    /// Mermaid looks for formulas, icons and `\n` in a label with a line break after it has decoded the entities: such
    /// lines stand beside each other instead.
    private static func separator(of lines: [String]) -> String {
        let isMisread = { (line: String) in
            guard
                line.utf8.contains(where: { [UInt8(ascii: "$"), UInt8(ascii: "\\"), UInt8(ascii: ":")].contains($0) })
            else { return false }
            return line.contains("$$") || line.contains("\\") || iconPrefixes.contains { line.contains($0 + ":") }
        }
        return lines.count > 1 && lines.contains(where: isMisread) ? " · " : "<br/>"
    }

    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09: false
        case 0x00...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value)
        }
    }

    private static func coded(
        _ line: String, _ specials: ASCIISet, leadingMark: (String) -> String.Index?
    ) -> String {
        if isPlain(line) { return line }
        let mark = leadingMark(line)
        let bytes = line.utf8
        var result = ""
        result.reserveCapacity(bytes.count + 32)
        var start = bytes.startIndex
        for (index, byte) in zip(bytes.indices, bytes) where byte < 0x80 {
            let isIcon =
                byte == UInt8(ascii: ":")
                && iconPrefixes.contains { prefix in
                    bytes[..<index].reversed().starts(with: prefix.utf8.reversed())
                }
            guard specials.contains(byte) || index == mark || isIcon else { continue }
            result += line[start..<index]
            result += "#\(byte);"
            start = bytes.index(after: index)
        }
        return result + line[start...]
    }

    /// `1. `, `1) `, `- ` and `+ ` begin a Markdown list: where their punctuation stands.
    private static func marksList(_ line: String) -> String.Index? {
        let digits = line.prefix { ("0"..."9").contains($0) }
        let rest = line[digits.endIndex...]
        guard let mark = rest.first, (digits.isEmpty ? "-+" : ".)").contains(mark) else { return nil }
        let after = rest.dropFirst()
        return after.isEmpty || after.first == " " ? digits.endIndex : nil
    }

    /// `-`, `+` and `:` at the start, and the colon of `wrap:` and `nowrap:`.
    private static func marksStatement(_ line: String) -> String.Index? {
        if let first = line.first, "-+:".contains(first) { return line.startIndex }
        for keyword in ["wrap", "nowrap"] where line.hasPrefix(keyword + ":") {
            return line.index(line.startIndex, offsetBy: keyword.count)
        }
        return nil
    }
}

/// Some of the characters of ASCII, one bit each.
private struct ASCIISet {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ characters: StaticString) {
        characters.withUTF8Buffer { bytes in
            for byte in bytes {
                if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
            }
        }
    }

    func contains(_ byte: UInt8) -> Bool {
        switch byte {
        case ..<64: low >> UInt64(byte) & 1 == 1
        case ..<128: high >> UInt64(byte - 64) & 1 == 1
        default: false
        }
    }
}
