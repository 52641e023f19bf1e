import CatalogModel
import SourceDiagnostics

extension Rule {
    /// A finding for each name that does not match `conventions.names.KIND`.
    func misnamed(_ kind: String, _ names: [(name: String, span: SourceSpan)], _ context: LintContext) -> [Diagnostic] {
        guard let written = context.catalog.conventions.namePatterns[kind],
            let pattern = try? NamePattern(written.value)
        else { return [] }
        return names.filter { !pattern.matches($0.name) }.map { name, span in
            finding(
                "the \(kind) name '\(name)' does not match '\(written.value)'", at: span,
                label: "breaks the convention",
                related: [RelatedPlace(span: written.span, label: "the pattern")])
        }
    }
}
