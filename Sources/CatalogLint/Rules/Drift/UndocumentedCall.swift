import SourceDiagnostics

/// A call that only spans know.
struct UndocumentedCall: DriftRule {
    let name = "undocumented-call"
    let severity: Severity? = .warning
    let summary = "a service calls another, and the catalog does not say so"
    let explanation = """
        A synchronous dependency that is not written down is missing from every answer to "what fails when
        this is down?".

        A documented call covers whatever one service calls of the other: `operation` says what it is mostly
        for, and another operation is no finding.
        """
    let bad = [
        """
        # observed: order calls member over rest
        services:
          order: {}
          member: {}
        """
    ]
    let good = [
        """
        services:
          order: { calls: [{ service: member, protocol: rest }] }
          member: {}
        """
    ]
}
