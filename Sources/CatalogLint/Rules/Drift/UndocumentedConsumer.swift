import SourceDiagnostics

/// A consumer that only spans know.
struct UndocumentedConsumer: DriftRule {
    let name = "undocumented-consumer"
    let severity: Severity? = .warning
    let summary = "a service handles the messages of a channel, and the catalog does not say so"
    let explanation = """
        This is the consumer that breaks when the message changes, because nobody knew of it.
        """
    let bad = [
        """
        # observed: audit handles order.completed
        services:
          order: { publishes: [order.completed] }
          audit: {}
        topics:
          order.completed: {}
        """
    ]
    let good = [
        """
        services:
          order: { publishes: [order.completed] }
          audit: { subscribes: [order.completed] }
        topics:
          order.completed: {}
        """
    ]
}
