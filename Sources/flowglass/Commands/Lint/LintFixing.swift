import CatalogLint
import CatalogModel
import SourceDiagnostics

/// `--fix` and `--diff`: what becomes of a catalog whose fixes are applied.
struct LintFixing {
    var source: CatalogSource

    /// The catalog with its fixes applied in memory. Fixes of files outside the catalog's folders are left out.
    func fixed(_ check: (LoadedCatalog) throws -> [Diagnostic]) throws -> FixedCatalog {
        try FixedCatalog(source.load()) { loaded in
            try check(loaded).map { finding in
                var finding = finding
                if !canFix(finding) { finding.fix = nil }
                return finding
            }
        } reload: {
            try source.load($0)
        }
    }

    private func canFix(_ finding: Diagnostic) -> Bool {
        if case .standardInput = source { return true }
        return finding.fix?.edits.allSatisfy { source.contains($0.span.file) } ?? true
    }

    /// Writes what changed, or prints it where the catalog is standard input.
    func write(_ fixed: FixedCatalog) throws {
        if case .standardInput(let text) = source {
            return Output.write(fixed.changes.first.map { String(decoding: $0.new.bytes, as: UTF8.self) } ?? text)
        }
        var replacement = FileReplacement()
        do {
            for change in fixed.changes {
                try replacement.add(change.old.path, expecting: change.old.bytes, new: change.new.bytes)
            }
        } catch {
            replacement.abandon()
            throw error
        }
        try replacement.commit()
    }
}

extension FixedCatalog {
    /// `3 findings fixed in 2 files`
    func sentence(_ verb: String) -> String {
        guard fixed > 0 else { return "nothing \(verb)" }
        let files = changes.count
        return "\(counted(fixed, "finding")) \(verb) in \(counted(files, "file"))"
    }
}
