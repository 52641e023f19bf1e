public import TraceModel

/// What the dashboard asks of the world outside. The model never does it itself.
public enum Effect: Sendable, Equatable {
    case quit
    /// Give the terminal back and stop, as Ctrl-Z does.
    case suspend
    /// Put a text on the clipboard (OSC 52).
    case copy(String)
    /// Open `$EDITOR` at a line, counted from 1.
    case openEditor(path: String, line: Int)
    /// Read another stretch of time from now on: a window that ends at a moment (nanoseconds since the Unix epoch), or
    /// now.
    case setRange(TimeWindow, until: UInt64?)
    /// Somebody looks at drift: bring it up to date, and answer with `DashboardMessage.drift` where it is not.
    case refreshDrift
    /// Say what a rule is for, and answer with `DashboardMessage.preview`.
    case explain(rule: String)
    /// Work new data of a large system into the facts, and answer with what `LearningJob.run` gives.
    case learn(LearningJob)
    /// Read the catalog's files again.
    case reloadCatalog
    /// Read all spans of a conversation and answer with `DashboardMessage.conversation`.
    case loadConversation(id: String)
    /// Draw a Mermaid diagram of something and answer with `DashboardMessage.preview`.
    case previewMermaid(DiagramFocus)
    /// Write a file into the working folder and answer with `DashboardMessage.notice`.
    case saveFile(name: String, text: String)
}

/// What a diagram shows.
public enum DiagramFocus: Sendable, Equatable {
    /// Every service and channel.
    case system
    /// A channel or service and its neighbours.
    case node(Node)
    /// A business flow by name.
    case flow(String)
    /// A conversation by id, as a sequence.
    case conversation(id: String)
}
