import SourceDiagnostics

/// A rule whose findings come from reading the catalog; it holds only the explanation and the examples.
protocol StructuralRule: Rule {}

extension StructuralRule {
    public var group: RuleGroup { .structure }
    public var severity: Severity? { .error }
    public func check(_ context: LintContext) -> [Diagnostic] { [] }
}
