import CatalogModel
import SourceDiagnostics

/// Events that go round in a circle.
struct EventCycle: Rule {
    let name = "event-cycle"
    let group = RuleGroup.topology
    let severity: Severity? = .warning
    let summary = "services that wake each other in a circle"
    let explanation = """
        Service A publishes what B handles, B publishes what A handles. When one message leads to another
        without a condition, it never ends; and even with one, nobody can say when a business event is done.
        The finding shows the shortest loop.
        """
    let switchOff = """
        When every loop ends by a condition that the catalog cannot show: suppress it at the edge, and name
        the condition.
        """
    let bad = [
        """
        services:
          order:
            publishes: [⟦order.changed⟧]
            subscribes: [stock.changed]
          stock:
            publishes: [stock.changed]
            subscribes: [order.changed]
        topics:
          order.changed: {}
          stock.changed: {}
        """
    ]
    let good = [
        """
        services:
          order:
            publishes: [order.changed]
          stock:
            publishes: [stock.changed]
            subscribes: [order.changed]
          shop: { subscribes: [stock.changed] }
        topics:
          order.changed: {}
          stock.changed: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        let services = context.catalog.services
        let edges = services.indices.map { index in
            services[index].publishes.flatMap { context.graph.handlers(of: $0.channel.value).map(\.service) }
                .filter { $0 != index }.sorted()
        }
        return Digraph(edges).cycles().compactMap { loop in
            let hops = loop.indices.compactMap { hop(from: loop[$0], to: loop[($0 + 1) % loop.count], context) }
            guard let first = hops.first else { return nil }
            let names = (loop + loop.prefix(1)).map { services[$0].name }
            let places = hops.dropFirst().flatMap(\.places)
            return finding(
                "events go in a circle: \(names.joined(separator: " → "))", at: first.publication.channel.span,
                label: first.places[0].label, related: Array(first.places.dropFirst() + places),
                help:
                    "let one of them publish another message that ends the circle, or let one service direct the steps",
                evidence: hops.flatMap(\.facts))
        }
    }

    /// One message of the loop: who sends it, who handles it.
    private struct Hop {
        var publication: Publication
        var places: [RelatedPlace]
        var facts: [String]
    }

    private func hop(from sender: Int, to handler: Int, _ context: LintContext) -> Hop? {
        let services = context.catalog.services
        for publication in services[sender].publishes {
            for use in context.graph.handlers(of: publication.channel.value) where use.service == handler {
                let subscription = context.graph.subscription(use)
                let sends = "'\(services[sender].name)' publishes '\(publication.channel.value)'"
                let handles = "'\(services[handler].name)' handles '\(subscription.channel.value)'"
                return Hop(
                    publication: publication,
                    places: [
                        RelatedPlace(span: publication.channel.span, label: sends),
                        RelatedPlace(span: subscription.channel.span, label: handles),
                    ], facts: [sends, handles])
            }
        }
        return nil
    }
}
