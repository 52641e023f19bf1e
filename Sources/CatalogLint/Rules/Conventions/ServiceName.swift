import CatalogModel
import SourceDiagnostics

/// A service whose name breaks the convention.
struct ServiceName: Rule {
    let name = "service-name"
    let group = RuleGroup.conventions
    let severity: Severity? = .warning
    let summary = "a service name that breaks the convention"
    let explanation = """
        Names that follow one pattern can be searched, sorted, matched by access rules and guessed. The
        pattern is `conventions.names.service`, a regular expression for the whole name; without one the rule
        is silent.
        """
    let bad = [
        """
        conventions:
          names: { service: "[a-z]+(-[a-z]+)*" }
        services:
          ⟦OrderService⟧: {}
        """
    ]
    let good = [
        """
        conventions:
          names: { service: "[a-z]+(-[a-z]+)*" }
        services:
          order-history: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        misnamed("service", context.catalog.services.map { ($0.name, $0.span) }, context)
    }
}
