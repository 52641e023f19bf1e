import CatalogModel
import SourceDiagnostics

/// A topic that nobody publishes to.
struct TopicWithoutProducer: Rule {
    let name = "topic-without-producer"
    let group = RuleGroup.topology
    let severity: Severity? = .warning
    let summary = "a topic that nobody publishes to"
    let explanation = """
        Its subscribers wait for messages that never come, or a producer is missing from the catalog, which is
        as bad: whoever changes the message does not know whom to ask. A producer outside your system is a
        service with `kind: external`.
        """
    let bad = [
        """
        services:
          mail: { subscribes: [order.completed] }
        topics:
          ⟦order.completed⟧: {}
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
        // What a service publishes may stand under its misspelt key.
        if context.isBrokenAtAnyService(.publishes) { return [] }
        return context.catalog.channels.enumerated().compactMap { index, channel in
            guard channel.kind == .topic, channel.deprecated == nil, context.graph.senders(at: index).isEmpty,
                !context.deadLetters.isTarget(channel.name), !context.mayBeHidden(channel.name)
            else { return nil }
            let handlers = context.graph.handlers(at: index)
            let waiting = handlers.prefix(3).map { use in
                RelatedPlace(
                    span: context.graph.subscription(use).channel.span,
                    label: "'\(context.catalog.services[use.service].name)' waits for it")
            }
            return finding(
                "nobody publishes to topic '\(channel.name)'", at: channel.span, label: "no producer", related: waiting)
        }
    }
}
