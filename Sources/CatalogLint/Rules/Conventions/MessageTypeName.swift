import CatalogModel
import SourceDiagnostics

/// A message whose name breaks the convention.
struct MessageTypeName: Rule {
    let name = "message-name"
    let group = RuleGroup.conventions
    let severity: Severity? = .warning
    let summary = "a message name that breaks the convention"
    let explanation = """
        Names that follow one pattern can be searched, sorted, matched by access rules and guessed. The
        pattern is `conventions.names.message`, a regular expression for the whole name; without one the rule
        is silent.
        """
    let bad = [
        """
        conventions:
          names: { message: "([A-Z][a-z]+)+" }
        messages:
          ⟦order_completed⟧: {}
        """
    ]
    let good = [
        """
        conventions:
          names: { message: "([A-Z][a-z]+)+" }
        messages:
          OrderCompleted: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        misnamed("message", context.catalog.messages.map { ($0.name, $0.span) }, context)
    }
}
