public import CatalogModel
public import SourceDiagnostics

/// One side of a comparison: a catalog, and the files beside it.
public struct CatalogSide: Sendable {
    public var catalog: Catalog
    /// A file by the path that a span's folder and a `schema:` make together, under the path that it is shown by; nil
    /// where there is none.
    public var file: @Sendable (String) -> SourceFile?

    public init(catalog: Catalog, file: @escaping @Sendable (String) -> SourceFile? = { _ in nil }) {
        self.catalog = catalog
        self.file = file
    }
}

/// What changed from one catalog to another: worst first.
public struct CatalogComparison: Sendable, Equatable {
    public var changes: [CatalogChange]

    public init(from old: CatalogSide, to new: CatalogSide) {
        let context = DiffContext(old: old, new: new)
        let found = changeDetectors.flatMap { $0.changes(context) }
        changes = found.sorted(by: CatalogChange.comesBefore)
    }

    /// How many changes have exactly this impact.
    public func count(of impact: CatalogChange.Impact) -> Int { changes.count { $0.impact == impact } }

    /// `2 breaking, 1 risky and 5 safe changes`
    public var summary: String {
        let parts = CatalogChange.Impact.allCases.compactMap { impact -> String? in
            let count = count(of: impact)
            return count == 0 ? nil : "\(count) \(impact.rawValue)"
        }
        guard let last = parts.last else { return "no changes" }
        let words = parts.count > 1 ? parts.dropLast().joined(separator: ", ") + " and " + last : last
        // `1 breaking and 1 safe change`: the number before the word decides.
        return words + (last.hasPrefix("1 ") ? " change" : " changes")
    }
}
