import SourceDiagnostics

/// A key that stands in a map, but with a value that could not be read, or misspelt. That is a finding already, and what
/// the key would have said is not known.
struct BrokenKey: Sendable, Hashable {
    var key: CatalogKey
    /// The name of the definition; in a list the name of the service or channel that the entry is about.
    var owner: SourceSpan
}
