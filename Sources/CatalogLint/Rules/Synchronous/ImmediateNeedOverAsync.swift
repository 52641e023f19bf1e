import CatalogModel
import SourceDiagnostics

/// An answer is needed at once, and goes through a broker.
struct ImmediateNeedOverAsync: Rule {
    let name = "immediate-need-over-async"
    let group = RuleGroup.synchronous
    let severity: Severity? = .warning
    let summary = "a result that is needed at once, over a channel"
    let explanation = """
        A broker promises that a message arrives, not when. Under load, after a restart, behind a poison
        message it takes seconds or hours. What must be known before the user's request ends belongs into a
        call.
        """
    let bad = [
        """
        services:
          order: { publishes: [seat.locks] }
          seat: { subscribes: [{ channel: seat.locks, needs: { within: ⟦300ms⟧ } }] }
        queues:
          seat.locks: {}
        """
    ]
    let good = [
        """
        services:
          order: { calls: [{ service: seat, needs: immediate, timeout: 300ms }] }
          seat: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        context.eachSubscription(where: { $0.needs.within != nil }) { service, subscription, channel in
            guard let within = subscription.needs.within, within.value < immediateDeadline else { return }
            let publishers = context.graph.senders(to: channel.name).prefix(3).map { use in
                RelatedPlace(
                    span: context.graph.publication(use).channel.span,
                    label: "'\(context.catalog.services[use.service].name)' needs it at once")
            }
            findings.append(
                finding(
                    "'\(service.name)' must handle '\(channel.name)' within \(within.value.catalogText), which no broker promises",
                    at: within.span, label: "needed at once", related: publishers,
                    help: "call '\(service.name)' instead: it answers at once, and fails openly when it is down"))
        }
        return findings
    }
}
