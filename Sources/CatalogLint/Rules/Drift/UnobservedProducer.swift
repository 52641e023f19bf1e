import SourceDiagnostics

/// A documented producer that was not seen.
struct UnobservedProducer: DriftRule {
    let name = "unobserved-producer"
    let severity: Severity? = .info
    let summary = "a documented producer that was not seen in the whole window"
    let explanation = """
        The edge is gone and the catalog is out of date, or the producer is not instrumented, or it is rare.
        Absence is evidence, never proof: a service that samples may publish unseen, and the finding says so.
        """
    let switchOff = """
        For edges that are used once a year: suppress it at the edge.
        """
    let bad = [
        """
        # observed for 7 days: nothing from refund
        services:
          refund: { publishes: [order.refunded] }
        topics:
          order.refunded: {}
        """
    ]
    let good = [
        """
        services:
          refund: {}
        """
    ]
}
