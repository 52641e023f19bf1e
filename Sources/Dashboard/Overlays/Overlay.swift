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

/// A text from outside to look at, copy and save: a Mermaid diagram.
struct TextPreview: Sendable, Equatable {
    var title: String
    var text: String
    var fileName: String
    var lines: [String]
    var scrollOffset = 0

    init(title: String, text: String, fileName: String) {
        self.title = title
        self.text = text
        self.fileName = fileName
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
