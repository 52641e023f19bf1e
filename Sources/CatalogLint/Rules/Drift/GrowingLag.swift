import SourceDiagnostics

/// A consumer that does not keep up.
struct GrowingLag: DriftRule {
    let name = "growing-lag"
    let severity: Severity? = .warning
    let summary = "messages that wait longer and longer over the window"
    let explanation = """
        The p95 of the wait, from published to the start of the handling, rises over the window and ends at twice what
        it began with, or more: the consumer handles less than is published. Sooner or later a deadline, a visibility
        timeout or the retention is reached.
        """
    let switchOff = """
        For consumers that work in batches by design: suppress it at the subscription.
        """
    let bad = [
        """
        # observed: p95 of the wait 200 ms at 09:00, 1 s at 09:20, 6 s at 09:40, 19 s at 10:00
        services:
          mail: { subscribes: [order.completed] }
        topics:
          order.completed: {}
        """
    ]
    let good = [
        """
        # observed: p95 of the wait 200 ms all along
        services:
          mail: { subscribes: [order.completed] }
        topics:
          order.completed: {}
        """
    ]
}
