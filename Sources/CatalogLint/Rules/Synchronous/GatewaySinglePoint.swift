import CatalogModel
import SourceDiagnostics

/// A gateway that runs once.
struct GatewaySinglePoint: Rule {
    let name = "gateway-single-point"
    let group = RuleGroup.synchronous
    let severity: Severity? = .warning
    let summary = "a gateway with fewer than two replicas"
    let explanation = """
        Everything from outside goes through the gateway. With one replica every deployment and every crash is
        an outage of the whole system. Two are the least.
        """
    let bad = [
        """
        services:
          ⟦web⟧: { kind: gateway, replicas: 1, calls: [order] }
          order: {}
        """
    ]
    let good = [
        """
        services:
          web: { kind: gateway, replicas: 2, calls: [order] }
          order: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        context.catalog.services.compactMap { service in
            guard service.kind == .gateway, let replicas = service.replicas, replicas < 2 else { return nil }
            return finding(
                "gateway '\(service.name)' runs with \(replicas == 0 ? "no replica" : "one replica"), and everything goes through it",
                at: service.span, label: "a single point of failure", help: "run two at least: replicas: 2")
        }
    }
}
