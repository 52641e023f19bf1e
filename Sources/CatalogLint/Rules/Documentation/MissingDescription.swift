import CatalogModel
import SourceDiagnostics

/// A service or channel that says nothing about itself.
struct MissingDescription: Rule {
    let name = "missing-description"
    let group = RuleGroup.documentation
    let severity: Severity? = .info
    let summary = "a service, topic or queue without a description"
    let explanation = """
        A name says what a thing is called, not what it is for, what counts as a message on it, or who may use
        it. One sentence is enough. A title alone is no description.
        """
    let switchOff = """
        While a catalog is young; switch it on again once every name is there.
        """
    let bad = [
        """
        services:
          ⟦order⟧: { title: Orders }
        topics:
          ⟦order.completed⟧: {}
        """
    ]
    let good = [
        """
        services:
          order: { description: "Takes orders from cart to parcel." }
        topics:
          order.completed: { description: "An order was paid and can be packed." }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        let services = context.catalog.services.filter {
            $0.documentation.description == nil && !context.isBroken(.description, at: $0.span)
        }
        let channels = context.catalog.channels.filter {
            $0.documentation.description == nil && !context.isBroken(.description, at: $0.span)
        }
        return services.map {
            finding("service '\($0.name)' has no description", at: $0.span, label: "says not what it is for")
        }
            + channels.map {
                finding(
                    "\($0.kind.rawValue) '\($0.name)' has no description", at: $0.span, label: "says not what it is for"
                )
            }
    }
}
