/// Where the keyboard's attention is: which actions there are.
enum Context: Sendable, Hashable {
    /// The list of a screen.
    case list(ScreenID)
    /// The pane below the list, walking along the flow.
    case walk
    case waterfall
    /// A span in full, below its waterfall.
    case span
    case help
    /// A text to look at, copy and save.
    case preview
    /// Text is typed that narrows the list, or finds spans.
    case filter
    /// A command is typed.
    case palette

    /// Keys that are no action of their own are typed as text.
    var takesText: Bool { self == .filter || self == .palette }

    var isList: Bool {
        if case .list = self { true } else { false }
    }
}
