import CatalogModel
import SourceDiagnostics

/// Services that call each other in a circle.
struct SyncCycle: Rule {
    let name = "sync-cycle"
    let group = RuleGroup.synchronous
    let severity: Severity? = .warning
    let summary = "services that call each other in a circle"
    let explanation = """
        A calls B, B calls A: neither can be started, deployed or understood without the other, a slow answer
        holds threads in both, and one wrong condition makes a call without end. The finding shows the
        shortest loop.
        """
    let bad = [
        """
        services:
          order: { calls: [⟦stock⟧] }
          stock: { calls: [order] }
        """
    ]
    let good = [
        """
        services:
          order: { calls: [stock] }
          stock: { publishes: [stock.changed] }
          shop: { subscribes: [stock.changed] }
        topics:
          stock.changed: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        let services = context.catalog.services
        let edges = services.map { service in
            service.calls.compactMap { context.graph.index(ofService: $0.service.value) }
        }
        return Digraph(edges).cycles().compactMap { loop in
            let calls = loop.indices.compactMap { index -> (Service, Call)? in
                let callee = services[loop[(index + 1) % loop.count]].name
                let caller = services[loop[index]]
                return caller.calls.first { $0.service.value == callee }.map { (caller, $0) }
            }
            guard let first = calls.first else { return nil }
            let names = (loop + loop.prefix(1)).map { services[$0].name }
            return finding(
                "calls go in a circle: \(names.joined(separator: " → "))", at: first.1.service.span,
                label: "'\(first.0.name)' calls '\(first.1.service.value)'",
                related: calls.dropFirst().map {
                    RelatedPlace(span: $1.service.span, label: "'\($0.name)' calls '\($1.service.value)'")
                }, help: "let one of them subscribe to what it asks for, which costs a copy that is a moment old",
                evidence: calls.map { "'\($0.name)' calls '\($1.service.value)'" })
        }
    }
}
