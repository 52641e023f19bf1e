import SourceDiagnostics

/// Why a diagram cannot be drawn.
public enum DiagramFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The focus names neither a service nor a channel; `similar` is a name that does.
    case unknownName(String, similar: String?)
    /// Mermaid refuses more than 500 edges.
    case tooManyEdges(Int)
    /// Mermaid refuses more than 50,000 characters.
    case tooLong(characters: Int)

    /// Diagrams stay below Mermaid's own limits of 500 edges and 50,000 characters, which hosts cannot raise.
    public static let maximumEdges = 400
    /// Counted in UTF-16 units.
    public static let maximumCharacters = 40_000

    public var description: String {
        switch self {
        case .unknownName(let name, let similar):
            "'\(name)' is neither a service nor a channel" + (similar.map { "; did you mean '\($0)'?" } ?? "")
        case .tooManyEdges(let count):
            "the diagram has \(count) edges, and Mermaid draws \(Self.maximumEdges) at most; "
                + "draw a part of it with --focus NAME"
        case .tooLong(let characters):
            "the diagram has \(characters) characters, and Mermaid draws \(Self.maximumCharacters) at most; "
                + "draw a part of it with --focus NAME"
        }
    }
}
