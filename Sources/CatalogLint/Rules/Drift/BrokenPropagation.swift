import SourceDiagnostics

/// A consumer that loses the producer's context.
struct BrokenPropagation: DriftRule {
    let name = "broken-propagation"
    let severity: Severity? = .warning
    let summary = "a consumer whose spans do not carry the producer's context"
    let explanation = """
        Its conversations end at the channel, and nobody can follow an order to its end. The usual causes: no
        messaging attributes, the wrong span kind, raw delivery off on an SNS subscription, SQS's limit of ten
        attributes, sampling, an old instrumentation.
        """
    let bad = [
        """
        # observed: 812 messages handled by mail, none linked to a producer
        services:
          mail: { subscribes: [mail.jobs] }
        queues:
          mail.jobs: { broker: aws-sqs }
        """
    ]
    let good = [
        """
        # observed: 812 messages handled by mail, 811 linked
        services:
          mail: { subscribes: [mail.jobs] }
        queues:
          mail.jobs: { broker: aws-sqs }
        """
    ]
}
