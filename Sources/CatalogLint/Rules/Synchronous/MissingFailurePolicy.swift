import CatalogModel
import SourceDiagnostics

/// A call that does not say what happens when it fails.
struct MissingFailurePolicy: Rule {
    let name = "missing-failure-policy"
    let group = RuleGroup.synchronous
    let severity: Severity? = .info
    let summary = "a call that does not say what happens when it fails"
    let explanation = """
        Every call fails some day. Whether the caller fails with it, falls back to something worse, or stops
        calling for a while is a decision of the design; `fail` is an honest answer.
        """
    let bad = [
        """
        services:
          order: { calls: [{ service: ⟦payment⟧, timeout: 2s }] }
          payment: {}
        """
    ]
    let good = [
        """
        services:
          order: { calls: [{ service: payment, timeout: 2s, on-failure: circuit-breaker }] }
          payment: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        context.catalog.services.filter(\.kind.isInside).flatMap { service in
            service.calls.filter {
                $0.onFailure == nil && !context.isBroken(.onFailure, at: $0.service.span)
            }.map { call in
                finding(
                    "'\(service.name)' calls '\(call.service.value)' and does not say what happens when that fails",
                    at: call.service.span, label: "and then?", help: "add on-failure: fail, fallback or circuit-breaker"
                )
            }
        }
    }
}
