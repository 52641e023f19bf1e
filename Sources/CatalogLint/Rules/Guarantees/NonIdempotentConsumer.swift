import CatalogModel
import SourceDiagnostics

/// A consumer that cannot take a message twice.
struct NonIdempotentConsumer: Rule {
    let name = "non-idempotent-consumer"
    let group = RuleGroup.guarantees
    let severity: Severity? = .warning
    let summary = "a consumer that is not idempotent on an at-least-once channel"
    let explanation = """
        At-least-once delivers twice some day: after a timeout, a rebalance, a restart between work and
        acknowledgement. A consumer that charges a card twice for it is broken already; it only has not
        happened yet. Remember the ids that were handled, or make the effect the same the second time.
        """
    let options = [
        RuleOption("unstated", .flag(false), "whether a consumer that does not say counts as not idempotent")
    ]
    let bad = [
        """
        services:
          payment: { subscribes: [{ channel: order.completed, idempotent: ⟦false⟧ }] }
        topics:
          order.completed: { broker: kafka }
        """
    ]
    let good = [
        """
        services:
          payment: { subscribes: [{ channel: order.completed, idempotent: true }] }
        topics:
          order.completed: { broker: kafka }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        let unstated = context.flag("unstated", of: self)
        var findings: [Diagnostic] = []
        context.eachSubscription(where: { $0.idempotent?.value != true }) { service, subscription, channel in
            guard context.delivery(of: channel) == .atLeastOnce else { return }
            guard
                subscription.idempotent != nil
                    || unstated && !context.isBroken(.idempotent, at: subscription.channel.span)
            else { return }
            let said = subscription.idempotent == nil ? "does not say whether it is idempotent" : "is not idempotent"
            findings.append(
                finding(
                    "'\(service.name)' \(said), and '\(channel.name)' delivers at least once",
                    at: subscription.idempotent?.span ?? subscription.channel.span,
                    label: "a second delivery does harm",
                    related: (channel.delivery?.span ?? channel.broker?.span).map {
                        [RelatedPlace(span: $0, label: "delivers at least once")]
                    } ?? [],
                    help: "remember the ids of handled messages, which costs a look-up each, and say idempotent: true"))
        }
        return findings
    }
}
