import SourceDiagnostics

/// A route that only spans know.
struct UndocumentedRoute: DriftRule {
    let name = "undocumented-route"
    let severity: Severity? = .warning
    let summary = "a channel delivers to another, and the catalog does not say so"
    let explanation = """
        Messages that were published to the one were handled from the other: an SNS topic and its queue, an exchange
        and its binding. Without the route the catalog does not know who depends on the publisher, and consumers whose
        spans carry no context cannot be joined to it.
        """
    let bad = [
        """
        # observed: messages of order.completed arrive in mail.jobs
        services:
          mail: { subscribes: [mail.jobs] }
        topics:
          order.completed: { broker: aws-sns }
        queues:
          mail.jobs: { broker: aws-sqs }
        """
    ]
    let good = [
        """
        services:
          mail: { subscribes: [mail.jobs] }
        topics:
          order.completed: { broker: aws-sns, delivers-to: [mail.jobs] }
        queues:
          mail.jobs: { broker: aws-sqs }
        """
    ]
}
