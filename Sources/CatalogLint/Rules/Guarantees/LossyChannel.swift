import CatalogModel
import SourceDiagnostics

/// Durable messages are needed, and the channel may lose them.
struct LossyChannel: Rule {
    let name = "lossy-channel"
    let group = RuleGroup.guarantees
    let severity: Severity? = .error
    let summary = "durable messages are needed, and the channel may lose them"
    let explanation = """
        At-most-once means: gone when nobody listens at that moment, as on Redis Pub/Sub or core NATS, or when
        the consumer restarts while it works. What must not be lost (`durable`, `audit`, `event-sourcing`, a
        `max-downtime`) needs a system that keeps messages until they are handled. A route is as good as its
        weakest channel.
        """
    let bad = [
        """
        services:
          ledger: { subscribes: [{ channel: order.paid, needs: [⟦durable⟧] }] }
        topics:
          order.paid: { broker: redis-pubsub }
        """,
        """
        topics:
          order.paid: { broker: kafka, delivery: at-most-once, needs: [⟦audit⟧] }
        """,
    ]
    let good = [
        """
        services:
          ledger: { subscribes: [{ channel: order.paid, needs: [durable] }] }
        topics:
          order.paid: { broker: kafka }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        for channel in context.catalog.channels {
            guard let need = context.need(["durable", "audit", "event-sourcing"], of: channel) else { continue }
            guard let weakness = weakness(of: channel, context) else { continue }
            findings.append(
                finding(
                    "\(channel.kind.rawValue) '\(channel.name)' needs '\(need.value)', and \(weakness.words)",
                    at: need.span,
                    label: "cannot be promised", related: weakness.places, help: Choice.durable(insteadOf: channel)))
        }
        context.eachSubscription(where: { $0.needs.durable != nil || $0.maxDowntime != nil }) {
            service, subscription, channel in
            let durable = subscription.needs.durable.flatMap { $0.value ? $0.span : nil }
            guard let span = durable ?? subscription.maxDowntime?.span else { return }
            guard let weakness = weakness(of: channel, context) else { return }
            let need = durable == nil ? "to be down for a while" : "durable messages"
            findings.append(
                finding(
                    "'\(service.name)' needs \(need) on '\(channel.name)', and \(weakness.words)", at: span,
                    label: "cannot be promised", related: weakness.places, help: Choice.durable(insteadOf: channel)))
        }
        return findings
    }

    /// Why the channel, or one that delivers to it, may lose messages; nil where none does.
    private func weakness(of channel: Channel, _ context: LintContext) -> (words: String, places: [RelatedPlace])? {
        for name in context.graph.sources(of: channel.name) {
            guard let source = context.graph.channel(name) else { continue }
            let place = RelatedPlace(
                span: source.delivery?.span ?? source.broker?.span ?? source.span, label: "may lose messages")
            let whose = source.name == channel.name ? "" : " on '\(source.name)'"
            if context.guarantees(of: source)?.persistence.value == Guarantees.Persistence.none {
                return ("\(context.systemTitle(of: source))\(whose) keeps none for those who do not listen", [place])
            }
            if context.delivery(of: source) == .atMostOnce {
                return ("\(context.systemTitle(of: source))\(whose) delivers at most once", [place])
            }
        }
        return nil
    }
}
