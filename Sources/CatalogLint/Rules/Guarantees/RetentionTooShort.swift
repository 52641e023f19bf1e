import CatalogModel
import SourceDiagnostics

/// Messages expire before a consumer is back.
struct RetentionTooShort: Rule {
    let name = "retention-too-short"
    let group = RuleGroup.guarantees
    let severity: Severity? = .error
    let summary = "messages expire before a consumer may be back"
    let explanation = """
        A consumer that may be down for two days loses what was sent meanwhile when messages are kept for one.
        The retention of the channel must be longer than the longest downtime that anybody plans for: a
        weekend is 64 hours.
        """
    let bad = [
        """
        services:
          ledger: { subscribes: [{ channel: order.paid, max-downtime: ⟦3d⟧ }] }
        topics:
          order.paid: { broker: kafka, retention: 24h }
        """
    ]
    let good = [
        """
        services:
          ledger: { subscribes: [{ channel: order.paid, max-downtime: 3d }] }
        topics:
          order.paid: { broker: kafka, retention: 7d }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        context.eachSubscription(where: { $0.maxDowntime != nil }) { service, subscription, channel in
            guard let downtime = subscription.maxDowntime, let retention = channel.retention,
                retention.value < downtime.value
            else { return }
            findings.append(
                finding(
                    "'\(service.name)' may be down for \(downtime.value.catalogText), and '\(channel.name)' keeps messages for \(retention.value.catalogText)",
                    at: downtime.span, label: "longer than they are kept",
                    related: [RelatedPlace(span: retention.span, label: "kept for \(retention.value.catalogText)")],
                    help: "keep them longer than \(downtime.value.catalogText)"))
        }
        return findings
    }
}
