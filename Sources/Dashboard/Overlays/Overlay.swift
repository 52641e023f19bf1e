import TerminalText
import TerminalUI

/// What lies over a screen and has the keyboard.
enum Overlay: Sendable, Equatable {
    case help(HelpPage)
    case palette(Palette)
    case preview(TextPreview)
    case filter(FilterInput)
    case columns(ColumnChooser)
    /// A moment to look at, while it is typed.
    case moment(TextInput)
}

/// A filter, or a search in a waterfall, while it is typed: it works with every letter.
struct FilterInput: Sendable, Equatable {
    var input: TextInput
    /// What it was before, for Esc.
    var before: String

    init(_ text: String) {
        input = TextInput(text)
        before = text
    }
}

/// A text to look at, copy and save: a Mermaid diagram, a blast radius.
struct TextPreview: Sendable, Equatable {
    var title: String
    var text: String
    var fileName: String
    /// Whether long lines go on below, as those of prose do; code and pictures are scrolled sideways instead.
    var isProse: Bool
    private(set) var lines: [String]
    var scrollOffset = 0
    /// The columns that are scrolled out of sight on the left.
    private(set) var columnOffset = 0
    private var longest = 0

    init(title: String, text: String, fileName: String, isProse: Bool = false) {
        self.title = title
        self.text = text
        self.fileName = fileName
        self.isProse = isProse
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        // A text ends with a line break, which begins no line.
        if lines.count > 1, lines.last == "" { lines.removeLast() }
        longest = lines.reduce(0) { max($0, displayWidth($1)) }
    }

    /// The lines as they are shown in so many columns.
    func shownLines(width: Int) -> [String] {
        guard isProse else { return lines }
        return lines.flatMap { line in
            let indent = String(line.prefix { $0 == " " })
            let texts = wrapped(String(line.dropFirst(indent.count)), to: max(10, width - indent.count - 2))
            return texts.enumerated().map { indent + ($0 == 0 ? "" : "  ") + $1 }
        }
    }

    func isWider(than width: Int) -> Bool { !isProse && longest > width }

    /// Moves the text by half its width.
    mutating func shift(by step: Int, width: Int) {
        columnOffset = min(max(0, columnOffset + step * max(1, width / 2)), isWider(than: width) ? longest - width : 0)
    }
}
