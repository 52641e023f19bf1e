import SourceDiagnostics

/// A documented call that was not seen.
struct UnobservedCall: DriftRule {
    let name = "unobserved-call"
    let severity: Severity? = .info
    let summary = "a documented call that was not seen in the whole window"
    let explanation = """
        Both services sent spans, and none of them shows the call. It is gone and the catalog is out of date, or it is
        rare, or one side is not instrumented. Calls to and from outside the system are not expected to be seen.
        """
    let switchOff = """
        For calls that are made once a year: suppress it at the call.
        """
    let bad = [
        """
        # observed for 7 days: order and member send spans, no call between them
        services:
          order: { calls: [{ service: member, protocol: grpc }] }
          member: {}
        """
    ]
    let good = [
        """
        services:
          order: {}
          member: {}
        """
    ]
}
