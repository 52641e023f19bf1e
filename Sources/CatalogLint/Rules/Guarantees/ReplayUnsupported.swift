import CatalogModel
import SourceDiagnostics

/// Replay is needed on a system without it.
struct ReplayUnsupported: Rule {
    let name = "replay-unsupported"
    let group = RuleGroup.guarantees
    let severity: Severity? = .error
    let summary = "messages must be read again, and the system forgets them"
    let explanation = """
        A queue deletes a message once it is handled. A new consumer that needs the history, a projection that
        is rebuilt, a bug that is mended by reading last week again: all of them need a log.
        """
    let bad = [
        """
        services:
          search: { subscribes: [{ channel: order.paid, needs: [⟦replay⟧] }] }
        topics:
          order.paid: { broker: rabbitmq }
        """,
        """
        topics:
          order.events: { broker: aws-sns, needs: [⟦event-sourcing⟧] }
        """,
    ]
    let good = [
        """
        services:
          search: { subscribes: [{ channel: order.paid, needs: [replay] }] }
        topics:
          order.paid: { broker: kafka }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        for channel in context.catalog.channels where channel.canReplay == false {
            guard let need = context.need(["replay", "event-sourcing"], of: channel) else { continue }
            findings.append(
                finding(
                    "\(channel.kind.rawValue) '\(channel.name)' needs '\(need.value)', and \(context.systemTitle(of: channel)) has no replay",
                    at: need.span, label: "no replay here", related: brokerPlace(channel),
                    help: Choice.replay(insteadOf: channel)))
        }
        context.eachSubscription(where: { $0.needs.replay != nil }) { service, subscription, channel in
            guard let need = subscription.needs.replay, need.value,
                channel.canReplay == false
            else { return }
            findings.append(
                finding(
                    "'\(service.name)' needs replay on '\(channel.name)', and \(context.systemTitle(of: channel)) has none",
                    at: need.span, label: "no replay here", related: brokerPlace(channel),
                    help: Choice.replay(insteadOf: channel)))
        }
        return findings
    }
}
