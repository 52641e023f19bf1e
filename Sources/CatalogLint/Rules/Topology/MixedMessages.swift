import CatalogModel
import SourceDiagnostics

/// A channel that carries too many message types.
struct MixedMessages: Rule {
    let name = "mixed-messages"
    let group = RuleGroup.topology
    let severity: Severity? = .info
    let summary = "a channel that carries many message types"
    let explanation = """
        Every consumer of the channel must know, or carefully skip, every type on it; access, retention and
        scaling are the same for all of them. Types that belong to one entity and need their order may share a
        channel; a "bus" for everything may not.
        """
    let options = [
        RuleOption("max-messages", .count(5), "how many message types a channel may carry")
    ]
    let bad = [
        """
        topics:
          ⟦shop.events⟧: { messages: [OrderPlaced, OrderPaid, OrderPacked, OrderSent, UserSeen, PriceChanged] }
        """
    ]
    let good = [
        """
        topics:
          order.events: { messages: [OrderPlaced, OrderPaid, OrderPacked, OrderSent] }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        let most = context.count("max-messages", of: self)
        return context.catalog.channels.enumerated().compactMap { index, channel in
            let publishers = context.graph.publishers(at: index)
            guard channel.messages.count + publishers.count > most else { return nil }
            let published = publishers.compactMap { context.graph.publication($0).message }
            let messages = Set((channel.messages + published).map(\.value)).sorted()
            guard messages.count > most else { return nil }
            return finding(
                "\(channel.kind.rawValue) '\(channel.name)' carries \(messages.count) message types, over \(most)",
                at: channel.span, label: "\(messages.count) message types",
                evidence: ["it carries \(quotedList(messages, limit: 10))"])
        }
    }
}
