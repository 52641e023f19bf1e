import CatalogModel
import SourceDiagnostics

/// A topic that nobody subscribes to.
struct TopicWithoutConsumer: Rule {
    let name = "topic-without-consumer"
    let group = RuleGroup.topology
    let severity: Severity? = .warning
    let summary = "a topic that nobody subscribes to"
    let explanation = """
        Either the messages are sent for nobody, or a consumer is missing from the catalog and breaks unseen
        when the message changes. A topic that delivers to queues is consumed through them.
        """
    let switchOff = """
        For topics that are offered to others outside the catalog: suppress it at the topic, and say to whom.
        """
    let bad = [
        """
        services:
          order: { publishes: [order.completed] }
        topics:
          ⟦order.completed⟧: {}
        """
    ]
    let good = [
        """
        services:
          order: { publishes: [order.completed] }
          mail: { subscribes: [mail.jobs] }
        topics:
          order.completed: { delivers-to: [mail.jobs] }
        queues:
          mail.jobs: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        // What a service subscribes to may stand under its misspelt key.
        if context.isBrokenAtAnyService(.subscribes) { return [] }
        return context.catalog.channels.enumerated().compactMap { index, channel in
            guard channel.kind == .topic, channel.deprecated == nil, channel.deliversTo.isEmpty,
                context.graph.subscribers(at: index).isEmpty, !context.deadLetters.isTarget(channel.name),
                !context.replyChannels.contains(channel.name), !context.mayBeHidden(channel.name)
            else { return nil }
            let producers = context.graph.publishers(at: index)
            let places = producers.prefix(3).map { use in
                RelatedPlace(
                    span: context.graph.publication(use).channel.span,
                    label: "'\(context.catalog.services[use.service].name)' publishes to it")
            }
            return finding(
                "nobody subscribes to topic '\(channel.name)'", at: channel.span, label: "no consumer", related: places)
        }
    }
}
