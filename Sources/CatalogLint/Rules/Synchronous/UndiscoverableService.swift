import CatalogModel
import SourceDiagnostics

/// A called service that nobody knows how to find.
struct UndiscoverableService: Rule {
    let name = "undiscoverable-service"
    let group = RuleGroup.synchronous
    let severity: Severity? = .info
    let summary = "a called service that does not say how callers find it"
    let explanation = """
        An address in a caller's configuration is wrong after the next move, and nobody remembers who holds
        it. `discovery` says how callers find the service: by DNS, Kubernetes, Consul, Eureka, a load
        balancer, or by a fixed address after all (`static`).
        """
    let bad = [
        """
        services:
          order: { calls: [payment] }
          ⟦payment⟧: {}
        """
    ]
    let good = [
        """
        services:
          order: { calls: [payment, bank] }
          payment: { discovery: kubernetes }
          bank: { kind: external }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        context.catalog.services.compactMap { service in
            guard service.kind.isInside, service.discovery == nil, !context.isBroken(.discovery, at: service.span),
                let use = context.graph.callers(of: service.name).first
            else { return nil }
            return finding(
                "'\(service.name)' is called and does not say how callers find it", at: service.span,
                label: "no discovery",
                related: [
                    RelatedPlace(
                        span: context.graph.call(use).service.span,
                        label: "'\(context.catalog.services[use.service].name)' calls it")
                ], help: "add discovery: kubernetes, dns or how it is")
        }
    }
}
