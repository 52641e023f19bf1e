import CatalogModel
import SourceDiagnostics

/// A queue that nobody consumes.
struct QueueWithoutConsumer: Rule {
    let name = "queue-without-consumer"
    let group = RuleGroup.topology
    let severity: Severity? = .warning
    let summary = "a queue that nobody consumes"
    let explanation = """
        A queue without a consumer fills up until messages expire or the disk is full. Dead-letter queues may
        wait for a person, and queues on which a publisher awaits a reply are read by it.
        """
    let bad = [
        """
        services:
          order: { publishes: [mail.jobs] }
        queues:
          ⟦mail.jobs⟧: {}
        """
    ]
    let good = [
        """
        services:
          order: { publishes: [mail.jobs] }
          mail: { subscribes: [mail.jobs] }
        queues:
          mail.jobs: { dead-letter: mail.dead }
          mail.dead: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        // What a service subscribes to may stand under its misspelt key.
        if context.isBrokenAtAnyService(.subscribes) { return [] }
        return context.catalog.channels.enumerated().compactMap { index, channel in
            guard channel.kind == .queue, channel.deprecated == nil, channel.deliversTo.isEmpty,
                context.graph.subscribers(at: index).isEmpty, !context.deadLetters.isTarget(channel.name),
                !context.replyChannels.contains(channel.name), !context.mayBeHidden(channel.name)
            else { return nil }
            let sources = context.graph.channels(deliveringTo: channel.name).map { context.catalog.channels[$0] }
            let places = sources.prefix(3).map { RelatedPlace(span: $0.span, label: "'\($0.name)' delivers to it") }
            return finding(
                "nobody consumes queue '\(channel.name)'", at: channel.span, label: "no consumer", related: places)
        }
    }
}
