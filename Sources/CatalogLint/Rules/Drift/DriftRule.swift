import SourceDiagnostics

/// A rule whose findings come from comparing the catalog with observed spans: `FlowMatching` has the check of the same
/// name. Here stands its explanation, so that `explain`, `lint:` and ignore comments know it.
protocol DriftRule: Rule {}

extension DriftRule {
    var group: RuleGroup { .drift }
    func check(_ context: LintContext) -> [Diagnostic] { [] }
}
