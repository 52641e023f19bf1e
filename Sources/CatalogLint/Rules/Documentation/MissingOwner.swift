import CatalogModel
import SourceDiagnostics

/// A service or channel that nobody answers for.
struct MissingOwner: Rule {
    let name = "missing-owner"
    let group = RuleGroup.documentation
    let severity: Severity? = .warning
    let summary = "a service, topic or queue that nobody answers for"
    let explanation = """
        When a consumer breaks, somebody must be asked; when a schema is to change, somebody must agree. A
        topic belongs to a team as much as a service does: usually to the one that publishes. External
        services, browsers and apps have owners outside, and dead-letter queues have a rule of their own.
        """
    let switchOff = """
        A system of one team needs one owner, in `catalog.owner`: switch the rule off.
        """
    let bad = [
        """
        services:
          ⟦order⟧:
            publishes: [order.completed]
        topics:
          ⟦order.completed⟧: {}
        """
    ]
    let good = [
        """
        services:
          order:
            owner: checkout
            publishes: [order.completed]
          card-network: { kind: external }
        topics:
          order.completed: { owner: checkout }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        let services = context.catalog.services.filter {
            $0.kind.isInside && $0.documentation.owner == nil && !context.isBroken(.owner, at: $0.span)
        }
        let channels = context.catalog.channels.filter {
            $0.documentation.owner == nil && !context.isBroken(.owner, at: $0.span)
                && !context.deadLetters.isTarget($0.name)
        }
        return services.map {
            finding("service '\($0.name)' has no owner", at: $0.span, label: "nobody answers for it")
        }
            + channels.map {
                finding("\($0.kind.rawValue) '\($0.name)' has no owner", at: $0.span, label: "nobody answers for it")
            }
    }
}
