import SourceDiagnostics

/// A deadline that the observed times break.
struct DeadlineMissed: DriftRule {
    let name = "deadline-missed"
    let severity: Severity? = .warning
    let summary = "a `within` that the observed p99 breaks"
    let explanation = """
        The subscription promises to be done within a time, and one message in a hundred takes longer, from
        published to handled.
        """
    let bad = [
        """
        # observed: p99 8.2 s
        services:
          mail: { subscribes: [{ channel: order.completed, needs: { within: 5s } }] }
        topics:
          order.completed: {}
        """
    ]
    let good = [
        """
        # observed: p99 1.1 s
        services:
          mail: { subscribes: [{ channel: order.completed, needs: { within: 5s } }] }
        topics:
          order.completed: {}
        """
    ]
}
