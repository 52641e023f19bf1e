import TerminalText

/// One source line and the columns of a span on it, ready to be printed on a terminal.
///
/// Control characters are made visible, tabs become blanks, and a long line is cut around the span, so that the
/// underline stands below what it means whatever the width of the characters (한글, emoji).
struct Excerpt: Equatable {
    var text: String
    /// Where the underline starts, in display columns from 0.
    var offset: Int
    /// How long the underline is, in display columns; at least 1.
    var length: Int

    /// Tab stops stand every four columns.
    private static let tabWidth = 4
    /// Longer lines than this are named, not shown: nobody reads them, and cutting them up takes time.
    private static let maximumBytes = 65_536
    /// A line is cut to this many characters: as many before the span as `before` says, the rest from there on.
    private static let window = (before: 60, total: 160)

    init(line bytes: ArraySlice<UInt8>, span: SourceSpan) {
        guard bytes.count <= Self.maximumBytes else {
            self.init(text: "(a line of \(bytes.count) bytes)", offset: 0, length: 1)
            return
        }
        let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        let start = min(max(span.column - 1, 0), scalars.count)
        var end = scalars.count
        if span.endLine <= span.line { end = min(max(span.endColumn - 1, start), scalars.count) }
        while end > start, scalars[end - 1] == " " || scalars[end - 1] == "\t" { end -= 1 }

        let from = scalars.count > Self.window.total ? max(0, start - Self.window.before) : 0
        let to = min(scalars.count, from + Self.window.total)
        end = min(end, to)

        var line = VisibleLine()
        if from > 0 { line.append("…") }
        line.append(scalars[from..<start])
        let offset = line.width
        line.append(scalars[start..<end])
        let length = line.width - offset
        line.append(scalars[end..<to])
        if to < scalars.count { line.append("…") }
        self.init(text: line.text, offset: offset, length: max(length, 1))
    }

    private init(text: String, offset: Int, length: Int) {
        self.text = text
        self.offset = offset
        self.length = length
    }

    /// Text that grows to the right, its tabs expanded, its controls visible.
    private struct VisibleLine {
        var text = ""
        var width = 0

        mutating func append(_ scalars: ArraySlice<Unicode.Scalar>) {
            for (index, piece) in scalars.split(separator: "\t", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { append(String(repeating: " ", count: tabWidth - width % tabWidth)) }
                var string = String.UnicodeScalarView()
                string.append(contentsOf: piece)
                append(displaySafe(String(string)))
            }
        }

        mutating func append(_ string: String) {
            text += string
            width += displayWidth(string)
        }
    }
}
