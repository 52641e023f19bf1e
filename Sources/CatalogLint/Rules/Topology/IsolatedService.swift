import CatalogModel
import SourceDiagnostics

/// A service without any edge.
struct IsolatedService: Rule {
    let name = "isolated-service"
    let group = RuleGroup.topology
    let severity: Severity? = .warning
    let summary = "a service that neither calls, is called, publishes nor subscribes"
    let explanation = """
        A service that talks to nobody does nothing, so its edges are missing from the catalog. Until they are
        there, every answer about it ("what breaks when it is down?") is wrong.
        """
    let switchOff = """
        For a batch job that only touches a database: suppress it at the service.
        """
    let bad = [
        """
        services:
          ⟦order⟧: {}
          mail: { subscribes: [order.completed] }
        topics:
          order.completed: {}
        """
    ]
    let good = [
        """
        services:
          order: { publishes: [order.completed] }
          mail: { subscribes: [order.completed] }
        topics:
          order.completed: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        context.catalog.services.filter { service in
            service.calls.isEmpty && service.publishes.isEmpty && service.subscribes.isEmpty
                && context.graph.callers(of: service.name).isEmpty && !context.mayBeHidden(service.name)
                && ![.calls, .publishes, .subscribes].contains { context.isBroken($0, at: service.span) }
        }.map { finding("service '\($0.name)' has no edge to any other", at: $0.span, label: "stands alone") }
    }
}
