import CatalogModel
import SourceDiagnostics

/// No place for messages that cannot be handled.
struct MissingDeadLetter: Rule {
    let name = "missing-dead-letter"
    let group = RuleGroup.guarantees
    let severity: Severity? = .warning
    let summary = "messages that cannot be handled have nowhere to go"
    let explanation = """
        One malformed message comes back for ever and holds up the others, or it is thrown away without a
        trace, depending on the system. A dead-letter queue takes it aside where somebody can look. Logs keep
        the message anyway, and ActiveMQ, RocketMQ and Service Bus bring a queue of their own.
        """
    let bad = [
        """
        services:
          mail: { subscribes: [mail.jobs] }
        queues:
          ⟦mail.jobs⟧: { broker: aws-sqs }
        """,
        """
        services:
          mail: { subscribes: [⟦order.completed⟧] }
        topics:
          order.completed: { broker: gcp-pubsub }
        """,
    ]
    let good = [
        """
        services:
          mail: { subscribes: [mail.jobs] }
        queues:
          mail.jobs: { broker: aws-sqs, dead-letter: mail.dead, max-receives: 5 }
          mail.dead: { broker: aws-sqs }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        for channel in context.catalog.channels where context.guarantees(of: channel)?.needsDeadLetter.value == true {
            guard channel.deadLetter == nil, !context.isBroken(.deadLetter, at: channel.span),
                !context.deadLetters.isTarget(channel.name)
            else { continue }
            let without = context.graph.subscribers(of: channel.name).filter {
                let subscription = context.graph.subscription($0)
                return subscription.deadLetter == nil && !context.isBroken(.deadLetter, at: subscription.channel.span)
            }
            guard let first = without.first else { continue }
            let system = context.systemTitle(of: channel)
            if channel.kind == .queue {
                findings.append(
                    finding(
                        "queue '\(channel.name)' has no dead-letter queue, which \(system) needs for messages that fail",
                        at: channel.span, label: "no dead-letter queue",
                        related: [
                            RelatedPlace(
                                span: context.graph.subscription(first).channel.span,
                                label: "'\(context.catalog.services[first.service].name)' may fail here")
                        ], help: "add dead-letter: QUEUE"))
                continue
            }
            for use in without {
                findings.append(
                    finding(
                        "'\(context.catalog.services[use.service].name)' has no dead-letter queue for '\(channel.name)', which \(system) needs for messages that fail",
                        at: context.graph.subscription(use).channel.span, label: "no dead-letter queue",
                        related: brokerPlace(channel), help: "add dead-letter: QUEUE"))
            }
        }
        return findings
    }
}
