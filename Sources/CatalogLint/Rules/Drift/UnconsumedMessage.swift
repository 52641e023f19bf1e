import SourceDiagnostics

/// A message that nobody handled in time.
struct UnconsumedMessage: DriftRule {
    let name = "unconsumed-message"
    let severity: Severity? = .warning
    let summary = "a published message that a documented subscriber did not handle in its usual time"
    let explanation = """
        The message was published, the catalog names a subscriber, and nothing handled it within the usual
        p99.9 or the `within` of the subscription. The consumer is down, behind, or lost the context.
        """
    let bad = [
        """
        # observed: order.completed published 09:00:00, nothing since
        services:
          mail: { subscribes: [{ channel: order.completed, needs: { within: 5s } }] }
        topics:
          order.completed: {}
        """
    ]
    let good = [
        """
        # observed: order.completed published 09:00:00, handled 09:00:01
        services:
          mail: { subscribes: [{ channel: order.completed, needs: { within: 5s } }] }
        topics:
          order.completed: {}
        """
    ]
}
