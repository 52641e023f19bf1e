import SourceDiagnostics

/// A producer that only spans know.
struct UndocumentedProducer: DriftRule {
    let name = "undocumented-producer"
    let severity: Severity? = .warning
    let summary = "a service publishes to a channel, and the catalog does not say so"
    let explanation = """
        Whoever changes the message asks the documented producers and forgets this one. The evidence names
        conversations in which it was seen.
        """
    let bad = [
        """
        # observed: refund publishes order.completed
        services:
          order: { publishes: [order.completed] }
          refund: {}
        topics:
          order.completed: {}
        """
    ]
    let good = [
        """
        services:
          order: { publishes: [order.completed] }
          refund: { publishes: [order.completed] }
        topics:
          order.completed: {}
        """
    ]
}
