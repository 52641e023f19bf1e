public import CatalogModel
public import SourceDiagnostics

/// A catalog whose findings with one right answer are mended, in memory.
public struct FixedCatalog: Sendable {
    /// The files that changed, as they were and as they are now, by path.
    public private(set) var changes: [(old: SourceFile, new: SourceFile)] = []
    /// How many findings were mended.
    public private(set) var fixed = 0
    /// The catalog after that, and what is left to say about it.
    public private(set) var loaded: LoadedCatalog
    public private(set) var findings: [Diagnostic]

    /// Mending one thing may show the next: a key that is read again brings its references. Real catalogs need two.
    private static let mostRounds = 10

    /// - Parameters:
    ///   - check: the findings of a catalog that are wanted; their fixes are applied.
    ///   - reload: the catalog with these texts in place of its files, by path.
    public init(
        _ loaded: LoadedCatalog, check: (LoadedCatalog) throws -> [Diagnostic],
        reload: ([String: SourceFile]) throws -> LoadedCatalog
    ) rethrows {
        self.loaded = loaded
        findings = try check(loaded)
        let originals = Dictionary(loaded.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        var current: [String: SourceFile] = [:]
        for _ in 0..<Self.mostRounds {
            let texts = FixedTexts(self.loaded.sources, applying: findings.compactMap(\.fix))
            guard texts.applied > 0 else { break }
            let next = current.merging(texts.changed) { $1 }
            let reloaded = try reload(next)
            // A fix must never break a file; what would is left to its author.
            guard Self.syntaxErrors(reloaded) <= Self.syntaxErrors(self.loaded) else { break }
            current = next
            fixed += texts.applied
            self.loaded = reloaded
            findings = try check(reloaded)
        }
        changes = current.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap { path in
            guard let old = originals[path], let new = current[path], old != new else { return nil }
            return (old, new)
        }
    }

    private static func syntaxErrors(_ loaded: LoadedCatalog) -> Int {
        loaded.diagnostics.count { $0.rule == "syntax-error" }
    }
}
