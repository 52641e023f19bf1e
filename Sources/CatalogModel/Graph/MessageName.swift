/// `OrderCompleted@2` in its parts; the version is the defined one where none is written.
public struct MessageName: Sendable, Hashable {
    public var name: String
    public var version: String?
    /// Whether the reference itself says the version.
    public var isPinned: Bool

    public init(_ text: String, in graph: CatalogGraph) {
        let defined = graph.index(ofMessage: text)
        let isWhole = defined.map { graph.catalog.messages[$0].name == text } ?? false
        if let at = text.lastIndex(of: "@"), !isWhole {
            name = String(text[..<at])
            version = String(text[text.index(after: at)...])
            isPinned = true
        } else {
            name = text
            version = defined.flatMap { graph.catalog.messages[$0].version }
            isPinned = false
        }
    }

    /// Whether a message of that name and version is what this one waits for; no version accepts any.
    public func accepts(_ other: MessageName) -> Bool {
        name == other.name && (version == nil || other.version == nil || version == other.version)
    }
}
