import CatalogModel
import SourceDiagnostics

/// A message that may be lost between database and broker.
struct PublishWithoutOutbox: Rule {
    let name = "publish-without-outbox"
    let group = RuleGroup.guarantees
    let severity: Severity? = nil
    let summary = "a message that is sent without an outbox"
    let explanation = """
        A service writes to its database and publishes: two systems, no common transaction. A crash between
        them loses the message, or sends one for a change that was rolled back. An outbox writes the message
        with the change and sends it afterwards, at least once.
        """
    let switchOff = """
        It is off by default: many messages may be lost without harm. Switch it on where each one counts.
        """
    let bad = [
        """
        services:
          order: { publishes: [⟦order.completed⟧] }
        topics:
          order.completed: {}
        """
    ]
    let good = [
        """
        services:
          order: { publishes: [{ channel: order.completed, outbox: true }] }
        topics:
          order.completed: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        context.catalog.services.filter(\.kind.isInside).flatMap { service in
            service.publishes.filter {
                $0.outbox != true && !context.isBroken(.outbox, at: $0.channel.span)
            }.map { publication in
                finding(
                    "'\(service.name)' publishes to '\(publication.channel.value)' without an outbox",
                    at: publication.channel.span,
                    label: "no outbox", help: "add outbox: true once it has one")
            }
        }
    }
}
