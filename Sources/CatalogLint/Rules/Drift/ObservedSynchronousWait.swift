import SourceDiagnostics

/// A hidden synchronous dependency, seen at run time.
struct ObservedSynchronousWait: DriftRule {
    let name = "observed-synchronous-wait"
    let severity: Severity? = .warning
    let summary = "a publisher that was seen waiting for its consumer"
    let explanation = """
        The request stays open until the consumer's reply is back, or the publisher polls until the consumer
        is done, or the consumer calls its publisher back. On paper the two are loosely coupled; in fact one
        stands still while the other works.
        """
    let bad = [
        """
        # observed: order publishes payment.jobs, then asks payment 14 times until it is done
        services:
          order: { publishes: [payment.jobs] }
          payment: { subscribes: [payment.jobs] }
        queues:
          payment.jobs: {}
        """
    ]
    let good = [
        """
        services:
          order: { calls: [{ service: payment, needs: immediate, timeout: 2s }] }
          payment: {}
        """
    ]
}
