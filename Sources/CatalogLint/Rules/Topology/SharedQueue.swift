import CatalogModel
import SourceDiagnostics

/// A queue that two services consume.
struct SharedQueue: Rule {
    let name = "shared-queue"
    let group = RuleGroup.topology
    let severity: Severity? = .error
    let summary = "a point-to-point queue that two services consume"
    let explanation = """
        A queue gives each message to one consumer. When two different services read it, each sees only a part
        of the messages, and which part is luck. Two services that both want every message need a topic, with
        a queue for each.
        """
    let bad = [
        """
        services:
          order: { publishes: [order.jobs] }
          mail: { subscribes: [order.jobs] }
          invoice: { subscribes: [order.jobs] }
        queues:
          ⟦order.jobs⟧: {}
        """
    ]
    let good = [
        """
        services:
          order: { publishes: [order.completed] }
          mail: { subscribes: [mail.jobs] }
          invoice: { subscribes: [invoice.jobs] }
        topics:
          order.completed: { delivers-to: [mail.jobs, invoice.jobs] }
        queues:
          mail.jobs: {}
          invoice.jobs: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        context.catalog.channels.enumerated().compactMap { index, channel in
            guard channel.kind == .queue else { return nil }
            let uses = context.graph.subscribers(at: index)
            let consumers = context.services(of: uses).map { context.catalog.services[$0].name }
            guard consumers.count > 1 else { return nil }
            let places = uses.map { use in
                RelatedPlace(
                    span: context.graph.subscription(use).channel.span,
                    label: "'\(context.catalog.services[use.service].name)' takes messages here")
            }
            return finding(
                "queue '\(channel.name)' is consumed by \(quotedList(consumers)), and each message reaches only one of them",
                at: channel.span, label: "\(consumers.count) services consume it", related: places,
                help: "publish to a topic that delivers to a queue for each of them")
        }
    }
}
