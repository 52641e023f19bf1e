public import CatalogModel
public import FlowMatching
public import SourceDiagnostics
public import TerminalUI
public import TraceModel

/// Everything that can happen to the dashboard.
public enum DashboardMessage: Sendable, Equatable {
    case terminal(TerminalEvent)
    /// What the store knows now, and the catalog joined with it. Only the newest one matters.
    case data(FlowGraph, LiveSnapshot)
    /// The answer to `Effect.learn`.
    case learned(LearnedFacts)
    /// The catalog was read, with what the rules found in it. A `.data` message joined with it should follow.
    case catalog(Catalog, CatalogFindings)
    /// What the drift rules found over a stretch of time. Only the newest one matters.
    case drift(DriftReport)
    /// The answer to `Effect.loadConversation`.
    case conversation(Conversation)
    /// The other answer: nothing in the store belongs to the id.
    case noConversation(id: String)
    /// The answer to `Effect.previewMermaid` and `Effect.explain`: a text to look at, copy and save under a name.
    case preview(title: String, text: String, fileName: String, isProse: Bool = false)
    /// Why the catalog could not be read, as a notice that goes when it can.
    case catalogTrouble(String)
    /// One sentence without a full stop for the line at the bottom.
    case notice(String)
}

/// What was found wrong in the catalog's files, with what excerpts are cut from.
public struct CatalogFindings: Sendable, Equatable {
    /// The worst first: an error is often the cause of the rest.
    public private(set) var diagnostics: [Diagnostic]
    public var sources: [SourceFile]
    public var filesChecked: Int

    public init(diagnostics: [Diagnostic] = [], sources: [SourceFile] = [], filesChecked: Int = 0) {
        self.diagnostics = Severity.allCases.sorted(by: >).flatMap { severity in
            diagnostics.filter { $0.severity == severity }
        }
        self.sources = sources
        self.filesChecked = filesChecked
    }
}
