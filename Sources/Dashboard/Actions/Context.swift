/// Where the keyboard's attention is: which actions there are.
enum Context: Sendable, Hashable {
    /// The list of a screen.
    case list(ScreenID)
    /// The pane below the list, walking along the flow.
    case walk
    case waterfall
    /// A conversation as a sequence of messages and calls.
    case sequence
    /// A span in full, below its waterfall or sequence.
    case span
    case help
    /// A text to look at, copy and save.
    case preview
    /// Which columns a list shows.
    case columns
    /// Text is typed that narrows the list, or finds spans.
    case filter
    /// A command is typed.
    case palette
    /// A moment is typed.
    case moment

    static let all: [Context] =
        Screens.all.map { .list($0.id) } + [
            .walk, .waterfall, .sequence, .span, .help, .preview, .columns, .filter, .palette, .moment,
        ]

    /// Keys that are no action of their own are typed as text.
    var takesText: Bool { self == .filter || self == .palette || self == .moment }

    var isList: Bool {
        if case .list = self { true } else { false }
    }

    /// As the manual calls it.
    var title: String {
        switch self {
        case .list(let screen): Screens.screen(screen).title
        case .walk: "Walking the flow"
        case .waterfall: "A conversation as a waterfall"
        case .sequence: "A conversation as a sequence"
        case .span: "A span in full"
        case .help: "Help"
        case .preview: "A text to take along"
        case .columns: "Choosing columns"
        case .filter: "While a filter is typed"
        case .palette: "While a command is typed"
        case .moment: "While a moment is typed"
        }
    }
}
