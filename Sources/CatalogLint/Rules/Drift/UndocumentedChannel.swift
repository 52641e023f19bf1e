import SourceDiagnostics

/// A channel that only spans know.
struct UndocumentedChannel: DriftRule {
    let name = "undocumented-channel"
    let severity: Severity? = .warning
    let summary = "a channel that spans show and the catalog does not have"
    let explanation = """
        Messages cross a topic or queue that nobody wrote down: nobody answers for it, and no rule checks it.
        Either it belongs into the catalog, or it is a known channel under another name: then
        `telemetry-names` joins the two.
        """
    let bad = [
        """
        # observed: order publishes order.cancelled
        services:
          order: { publishes: [order.completed] }
        topics:
          order.completed: {}
        """
    ]
    let good = [
        """
        services:
          order: { publishes: [order.completed, order.cancelled] }
        topics:
          order.completed: {}
          order.cancelled: {}
        """
    ]
}
