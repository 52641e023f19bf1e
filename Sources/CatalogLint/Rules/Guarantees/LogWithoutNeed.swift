import CatalogModel
import SourceDiagnostics

/// A log where a queue would do.
struct LogWithoutNeed: Rule {
    let name = "log-without-need"
    let group = RuleGroup.guarantees
    let severity: Severity? = .info
    let summary = "a log where nothing needs replay, ordering, audit or throughput"
    let explanation = """
        Kafka and its kin keep every message, in order, for many readers, at any rate; that is what their
        partitions, offsets and rebalances are for. When nobody needs that, fan-out through a broker and a
        queue for each consumer is lighter to run, and brings retries and dead letters for each message. If
        somebody needs it, `needs:` should say so.
        """
    let switchOff = """
        When the log is there anyway and one system less to run counts for more.
        """
    let bad = [
        """
        services:
          order: { publishes: [order.completed] }
          mail: { subscribes: [order.completed] }
        topics:
          order.completed: { broker: ⟦kafka⟧ }
        """
    ]
    let good = [
        """
        services:
          order: { publishes: [order.completed] }
          mail: { subscribes: [order.completed] }
        topics:
          order.completed: { broker: kafka, needs: [replay] }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        let logs: Set<MessagingSystem> = [.kafka, .awsMSK, .awsKinesis, .azureEventHubs, .pulsar]
        let needs = ["replay", "ordering", "audit", "event-sourcing", "throughput"]
        return context.catalog.channels.enumerated().compactMap { index, channel in
            guard let system = channel.system, logs.contains(system), let broker = channel.broker else { return nil }
            guard context.need(needs, of: channel) == nil else { return nil }
            guard channel.ordering == nil || channel.ordering?.value == Guarantees.Ordering.none.rawValue else {
                return nil
            }
            let consumers = context.graph.handlers(at: index).map { context.graph.subscription($0) }
            guard !consumers.contains(where: { $0.needs.replay?.value == true || $0.needs.ordering?.value == true })
            else { return nil }
            guard !consumers.contains(where: { $0.maxDowntime != nil }) else { return nil }
            return finding(
                "\(channel.kind.rawValue) '\(channel.name)' runs on \(system.title), and nothing on it needs replay, ordering, audit or throughput",
                at: broker.span, label: "a log",
                help:
                    "say what it needs, or use a broker with a queue for each consumer: no partitions and offsets to look after, but nothing to read again"
            )
        }
    }
}
