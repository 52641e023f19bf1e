import SourceDiagnostics

/// Why a diagram cannot be drawn.
public enum DiagramFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// Nothing of this sort has the name; `similar` is a name that something has.
    case unknownName(NamedSort, String, similar: String?)
    /// Mermaid refuses more than 500 edges.
    case tooManyEdges(Int)
    /// Mermaid refuses more than 50,000 characters.
    case tooLong(characters: Int)

    /// What a name was meant to name.
    public enum NamedSort: String, Sendable {
        case node = "neither a service nor a channel"
        case domain = "not a domain of any service or channel"
        case flow = "not a flow"
        case message = "neither a channel nor a message"
        case part = "not a part of the divided system"
        case service = "not a service"
    }

    /// Diagrams stay below Mermaid's own limits of 500 edges and 50,000 characters, which hosts cannot raise.
    public static let maximumEdges = 400
    /// Counted in UTF-16 units.
    public static let maximumCharacters = 40_000

    public var description: String {
        switch self {
        case .unknownName: sentence(of: "")
        case .tooManyEdges, .tooLong: sentence(of: "the diagram") + "; draw a part of it with --focus NAME"
        }
    }

    /// Without a way out of it.
    func sentence(of diagram: String) -> String {
        switch self {
        case .unknownName(let sort, let name, let similar):
            "'\(name)' is \(sort.rawValue)" + (similar.map { "; did you mean '\($0)'?" } ?? "")
        case .tooManyEdges(let count): "\(diagram) has \(count) edges, and Mermaid draws \(Self.maximumEdges) at most"
        case .tooLong(let characters):
            "\(diagram) has \(characters) characters, and Mermaid draws \(Self.maximumCharacters) at most"
        }
    }

    static func unknown(_ sort: NamedSort, _ name: String, among names: [String]) -> DiagramFailure {
        .unknownName(sort, name, similar: nearestName(to: name, among: names))
    }
}
