import CatalogModel
import SourceDiagnostics

/// A message type without a schema.
struct MessageWithoutSchema: Rule {
    let name = "message-without-schema"
    let group = RuleGroup.documentation
    let severity: Severity? = .info
    let summary = "a message type without a schema"
    let explanation = """
        Without a schema nobody can say whether a change breaks a consumer, and every consumer guesses. The
        schema may be a file beside the catalog or a registry's URL.
        """
    let bad = [
        """
        messages:
          ⟦OrderCompleted⟧: { version: 1 }
        """
    ]
    let good = [
        """
        messages:
          OrderCompleted: { version: 1, schema: schemas/order.json }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        context.catalog.messages.filter { $0.schema == nil && !context.isBroken(.schema, at: $0.span) }.map {
            finding("message '\($0.name)' has no schema", at: $0.span, label: "nothing says what it holds")
        }
    }
}
