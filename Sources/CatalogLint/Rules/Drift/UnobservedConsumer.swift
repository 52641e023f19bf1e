import SourceDiagnostics

/// A documented consumer that was not seen.
struct UnobservedConsumer: DriftRule {
    let name = "unobserved-consumer"
    let severity: Severity? = .info
    let summary = "a documented consumer that was not seen in the whole window"
    let explanation = """
        The consumer is gone, is down, or loses the trace context. When the channel had messages meanwhile,
        `unconsumed-message` says more.
        """
    let switchOff = """
        For edges that are used once a year: suppress it at the edge.
        """
    let bad = [
        """
        # observed for 7 days: audit handles nothing
        services:
          audit: { subscribes: [order.completed] }
        topics:
          order.completed: {}
        """
    ]
    let good = [
        """
        services:
          audit: {}
        topics:
          order.completed: {}
        """
    ]
}
