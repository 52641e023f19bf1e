import SourceDiagnostics

/// A message that one group processed twice.
struct ObservedDuplicate: DriftRule {
    let name = "observed-duplicate"
    let severity: Severity? = .warning
    let summary = "a message that was processed twice by one consumer group"
    let explanation = """
        At-least-once did what it promises. Whether it did harm is up to the consumer: `idempotent: true` says
        that it did not.
        """
    let bad = [
        """
        # observed: message 7f3a processed twice by group payment
        services:
          payment: { subscribes: [{ channel: order.completed, idempotent: false }] }
        topics:
          order.completed: { broker: kafka }
        """
    ]
    let good = [
        """
        services:
          payment: { subscribes: [{ channel: order.completed, idempotent: true }] }
        topics:
          order.completed: { broker: kafka }
        """
    ]
}
