/// What another tool's documents say, as a catalog, and what of them the catalog has no place for.
public struct ImportedCatalog: Sendable {
    public var catalog = Catalog()
    /// What could not be carried over, for the top of the file: one sentence each.
    public var losses: [String] = []
    /// The same about one thing, to stand above it.
    public var notes: [Subject: [String]] = [:]

    /// A thing of the catalog.
    public struct Subject: Sendable, Hashable {
        public enum Kind: Sendable { case service, channel, message, flow }

        public var kind: Kind
        public var name: String

        public init(_ kind: Kind, _ name: String) {
            self.kind = kind
            self.name = name
        }
    }

    public init() {}

    mutating func note(_ kind: Subject.Kind, _ name: String, _ text: String) {
        let subject = Subject(kind, name)
        if notes[subject]?.contains(text) != true { notes[subject, default: []].append(text) }
    }
}
