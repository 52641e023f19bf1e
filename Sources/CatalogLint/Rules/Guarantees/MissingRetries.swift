import CatalogModel
import SourceDiagnostics

/// Nobody says how often a message is tried again.
struct MissingRetries: Rule {
    let name = "missing-retries"
    let group = RuleGroup.guarantees
    let severity: Severity? = .info
    let summary = "a consumer that does not say how often a message is tried"
    let explanation = """
        One try sends every hiccup of a database to the dead-letter queue; endless tries never send anything
        there. The number belongs into the catalog: `retries` at the consumer, or `max-receives` at the queue.
        """
    let bad = [
        """
        services:
          mail: { subscribes: [⟦mail.jobs⟧] }
        queues:
          mail.jobs: { broker: aws-sqs, dead-letter: mail.dead }
          mail.dead: {}
        """
    ]
    let good = [
        """
        services:
          mail: { subscribes: [mail.jobs] }
        queues:
          mail.jobs: { broker: aws-sqs, dead-letter: mail.dead, max-receives: 5 }
          mail.dead: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        context.eachSubscription(where: { $0.retries == nil }) { service, subscription, channel in
            guard !context.isBroken(.retries, at: subscription.channel.span),
                channel.maxReceives == nil, !context.isBroken(.maxReceives, at: channel.span),
                context.delivery(of: channel) == .atLeastOnce,
                let deadLetter = subscription.deadLetter ?? channel.deadLetter
            else { return }
            findings.append(
                finding(
                    "'\(service.name)' does not say how often a message of '\(channel.name)' is tried before it is a dead letter",
                    at: subscription.channel.span, label: "no number of retries",
                    related: [RelatedPlace(span: deadLetter.span, label: "goes here after how many tries?")],
                    help: channel.kind == .queue ? "add max-receives to the queue, or retries here" : "add retries"))
        }
        return findings
    }
}
