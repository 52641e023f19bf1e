import SourceDiagnostics

/// A documented service that sent nothing.
struct UnobservedService: DriftRule {
    let name = "unobserved-service"
    let severity: Severity? = .info
    let summary = "a documented service that sent no spans in the whole window"
    let explanation = """
        Said once, instead of for each of its edges. The service is gone, is not instrumented, sends its spans
        elsewhere, or under another `service.name`: then `telemetry-names` joins the two. Subscribers of Redis Pub/Sub
        are seldom instrumented at all. Browsers, apps and external systems are not expected to send spans.
        """
    let bad = [
        """
        # observed for 7 days: nothing from mail
        services:
          mail: { subscribes: [order.completed] }
        topics:
          order.completed: {}
        """
    ]
    let good = [
        """
        # observed: spans of mail-worker
        services:
          mail: { telemetry-names: [mail-worker], subscribes: [order.completed] }
        topics:
          order.completed: {}
        """
    ]
}
