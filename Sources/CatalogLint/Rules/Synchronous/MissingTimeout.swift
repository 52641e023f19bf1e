import CatalogModel
import SourceDiagnostics

/// A call that may wait for ever.
struct MissingTimeout: Rule {
    let name = "missing-timeout"
    let group = RuleGroup.synchronous
    let severity: Severity? = .warning
    let summary = "a call without a timeout"
    let explanation = """
        A call without a timeout waits as long as the other side likes: threads and connections pile up, and a
        slow service takes its callers down. The timeout belongs to the contract, so it belongs into the
        catalog.
        """
    let bad = [
        """
        services:
          order: { calls: [⟦payment⟧] }
          payment: {}
        """
    ]
    let good = [
        """
        services:
          order: { calls: [{ service: payment, timeout: 2s }] }
          payment: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        context.catalog.services.filter(\.kind.isInside).flatMap { service in
            service.calls.filter {
                $0.timeout == nil && $0.protocol?.value != "websocket"
                    && !context.isBroken(.timeout, at: $0.service.span)
            }.map { call in
                finding(
                    "'\(service.name)' calls '\(call.service.value)' without a timeout", at: call.service.span,
                    label: "waits for ever", help: "add timeout: 2s, or how long it may take")
            }
        }
    }
}
