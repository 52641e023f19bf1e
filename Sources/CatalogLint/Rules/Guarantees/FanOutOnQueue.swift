import CatalogModel
import SourceDiagnostics

/// Fan-out where every message reaches only one consumer.
struct FanOutOnQueue: Rule {
    let name = "fan-out-on-queue"
    let group = RuleGroup.guarantees
    let severity: Severity? = .error
    let summary = "fan-out is needed, and the channel gives each message to one consumer"
    let explanation = """
        A queue hands each message to one consumer, and so does a topic on a system that only knows queues.
        Whoever needs a copy for every subscriber needs a topic: SNS or EventBridge before SQS, an exchange
        before RabbitMQ's queues.
        """
    let bad = [
        """
        queues:
          order.jobs: { needs: [⟦fan-out⟧] }
        """,
        """
        services:
          mail: { subscribes: [order.completed] }
          invoice: { subscribes: [order.completed] }
        topics:
          order.completed: { broker: ⟦aws-sqs⟧ }
        """,
    ]
    let good = [
        """
        services:
          mail: { subscribes: [mail.jobs] }
        topics:
          order.completed: { broker: aws-sns, needs: [fan-out], delivers-to: [mail.jobs] }
        queues:
          mail.jobs: { broker: aws-sqs }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        context.catalog.channels.compactMap { channel in
            let copies = channel.kind == .topic && context.guarantees(of: channel)?.fanOut.value != false
            guard !copies else { return nil }
            let need = context.need(["fan-out"], of: channel)
            let subscribers = context.services(of: context.graph.subscribers(of: channel.name))
            if channel.kind == .queue {
                guard let need else { return nil }
                return finding(
                    "queue '\(channel.name)' needs fan-out, and a queue gives each message to one consumer",
                    at: need.span,
                    label: "a queue cannot do this",
                    related: [RelatedPlace(span: channel.span, label: "a queue")],
                    help:
                        "make it a topic that delivers to a queue for each consumer, which costs one more queue to run for each"
                )
            }
            guard need != nil || subscribers.count > 1, let span = channel.broker?.span ?? need?.span else {
                return nil
            }
            let places = context.graph.subscribers(of: channel.name).prefix(3).map { use in
                RelatedPlace(
                    span: context.graph.subscription(use).channel.span,
                    label: "'\(context.catalog.services[use.service].name)' wants every message")
            }
            return finding(
                "topic '\(channel.name)' needs fan-out, and \(context.systemTitle(of: channel)) gives each message to one consumer",
                at: span, label: "has no fan-out", related: places,
                help: "put a topic of another system before the queues")
        }
    }
}
