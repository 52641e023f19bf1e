import SourceDiagnostics

/// Text of people, made safe to stand in GitHub-flavoured Markdown and to be read as it was written.
enum MarkdownText {
    /// Within a paragraph, a heading, a list or a link's text: on one line, every mark of Markdown and HTML escaped.
    ///
    ///     order.*      order.\*
    ///     a | b        a \| b
    ///     <script>     \<script\>
    static func inline(_ text: String) -> String {
        let line = plain(text)
        var result = ""
        for (index, scalar) in line.unicodeScalars.enumerated() {
            let startsBlock = index == 0 && "-+#>=~:".unicodeScalars.contains(scalar)
            if startsBlock || marks.contains(scalar) { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return numbered(result)
    }

    /// Within backticks; a fence that is longer than any run of them.
    static func code(_ text: String) -> String {
        let line = plain(text)
        guard !line.isEmpty else { return "` `" }
        var longest = 0
        var run = 0
        for character in line {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let isTight = line.first != "`" && line.last != "`" && !(line.first == " " && line.last == " ")
        return isTight ? "\(fence)\(line)\(fence)" : "\(fence) \(line) \(fence)"
    }

    /// Code in a cell of a table: a bar ends the cell even within backticks, unless it is escaped.
    static func cellCode(_ text: String) -> String { code(text).replacing("|", with: "\\|") }

    /// A paragraph or more of a description; lines stay, marks are escaped.
    static func paragraphs(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { inline(String($0)) }
            .joined(separator: "\n").trimmingBlankEnds
    }

    /// Where a link leads: a path or a URL, with what would end it percent-encoded.
    static func destination(_ path: String) -> String { percentEncoded(path, keeping: "-._~:/?#@!$&'+,=%") }

    /// The path of a file as a link's destination: every mark of a URL in it is encoded.
    static func encoded(_ path: String) -> String {
        destination(path.replacing("%", with: "%25").replacing("#", with: "%23").replacing("?", with: "%3F"))
    }

    // MARK: - Parts

    private static let marks = Set("\\`*_{}[]<>|&~$".unicodeScalars)

    /// One line, blanks collapsed, without control and direction characters.
    private static func plain(_ text: String) -> String {
        let visible = text.unicodeScalars.map { scalar -> Unicode.Scalar? in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: " "
            case 0x00...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: nil
            default: scalar
            }
        }
        var line = String.UnicodeScalarView()
        line.append(contentsOf: visible.compactMap(\.self))
        return String(line).split(separator: " ").joined(separator: " ")
    }

    /// `1. ` and `1) ` begin a list.
    private static func numbered(_ line: String) -> String {
        let digits = line.prefix { ("0"..."9").contains($0) }
        guard !digits.isEmpty, let mark = line[digits.endIndex...].first, ".)".contains(mark) else { return line }
        return "\(digits)\\\(line[digits.endIndex...])"
    }
}

extension String {
    fileprivate var trimmingBlankEnds: String {
        var text = self[...]
        while text.first?.isNewline == true { text.removeFirst() }
        while text.last?.isNewline == true { text.removeLast() }
        return String(text)
    }
}
