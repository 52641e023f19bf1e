import CatalogModel
import SourceDiagnostics

/// An order per key, and messages without a key.
struct OrderingWithoutKey: Rule {
    let name = "ordering-without-key"
    let group = RuleGroup.guarantees
    let severity: Severity? = .warning
    let summary = "order is needed on a partitioned channel, and a publisher sets no key"
    let explanation = """
        A partitioned log keeps the order of messages with the same key. Without a key they are spread over
        the partitions and overtake each other, although the system "keeps the order". The same holds for FIFO
        queues and their message groups.
        """
    let bad = [
        """
        services:
          order: { publishes: [⟦order.events⟧] }
          stock: { subscribes: [{ channel: order.events, needs: [ordering] }] }
        topics:
          order.events: { broker: kafka }
        """
    ]
    let good = [
        """
        services:
          order: { publishes: [{ channel: order.events, key: order-id }] }
          stock: { subscribes: [{ channel: order.events, needs: [ordering] }] }
        topics:
          order.events: { broker: kafka }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        for service in context.catalog.services {
            for publication in service.publishes where publication.key == nil {
                guard !context.isBroken(.key, at: publication.channel.span),
                    let channel = context.graph.channel(publication.channel.value),
                    context.ordering(of: channel) == .perKey,
                    let wish = wish(for: channel, context)
                else { continue }
                findings.append(
                    finding(
                        "'\(service.name)' publishes to '\(channel.name)' without a key, and \(context.systemTitle(of: channel)) keeps the order per key only",
                        at: publication.channel.span, label: "no key here", related: [wish],
                        help: "say what is ordered: {channel: \(channel.name), key: …}"))
            }
        }
        return findings
    }

    /// Where somebody asks for an order.
    private func wish(for channel: Channel, _ context: LintContext) -> RelatedPlace? {
        if let need = context.need(["ordering"], of: channel) {
            return RelatedPlace(span: need.span, label: "the channel needs ordering")
        }
        if let said = channel.ordering, said.value != Guarantees.Ordering.none.rawValue {
            return RelatedPlace(span: said.span, label: "the channel promises an order")
        }
        for use in context.graph.handlers(of: channel.name) {
            guard let need = context.graph.subscription(use).needs.ordering, need.value else { continue }
            return RelatedPlace(
                span: need.span, label: "'\(context.catalog.services[use.service].name)' needs ordering")
        }
        return nil
    }
}
