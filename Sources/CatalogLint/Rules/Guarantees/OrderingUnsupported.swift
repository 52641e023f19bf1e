import CatalogModel
import SourceDiagnostics

/// An order is needed that the channel does not keep.
struct OrderingUnsupported: Rule {
    let name = "ordering-unsupported"
    let group = RuleGroup.guarantees
    let severity: Severity? = .error
    let summary = "an order is needed that the channel does not keep"
    let explanation = """
        A standard SQS queue, an SNS topic, Pub/Sub without ordering keys deliver in any order: "cancelled"
        before "placed". A log keeps the order per partition, so per key, never for the whole topic. Where a
        FIFO variant exists, it must be asked for.
        """
    let bad = [
        """
        services:
          stock: { subscribes: [{ channel: stock.jobs, needs: [⟦ordering⟧] }] }
        queues:
          stock.jobs: { broker: aws-sqs }
        """,
        """
        topics:
          order.events: { broker: kafka, partitions: 12, ordering: ⟦total⟧ }
        """,
    ]
    let good = [
        """
        services:
          stock: { subscribes: [{ channel: stock.jobs, needs: [ordering] }] }
        queues:
          stock.jobs: { broker: aws-sqs, fifo: true }
        topics:
          order.events: { broker: kafka, partitions: 12, ordering: per-key }
          audit.events: { broker: kafka, partitions: 1, ordering: total }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        for channel in context.catalog.channels {
            guard let kept = context.ordering(of: channel) else { continue }
            let title = "\(channel.kind.rawValue) '\(channel.name)'"
            if let said = channel.ordering, let wanted = Guarantees.Ordering(rawValue: said.value), wanted > kept {
                findings.append(
                    finding(
                        "\(title) promises the order '\(wanted.rawValue)', and \(context.systemTitle(of: channel)) keeps \(words(kept))",
                        at: said.span, label: "cannot be promised", related: brokerPlace(channel),
                        help: help(channel, context)))
            } else if let need = context.need(["ordering"], of: channel), kept == Guarantees.Ordering.none {
                findings.append(
                    finding(
                        "\(title) needs ordering, and \(context.systemTitle(of: channel)) keeps none", at: need.span,
                        label: "no order here", related: brokerPlace(channel), help: help(channel, context)))
            }
        }
        context.eachSubscription(where: { $0.needs.ordering != nil }) { service, subscription, channel in
            guard let need = subscription.needs.ordering, need.value else { return }
            let isOff = channel.ordering?.value == Guarantees.Ordering.none.rawValue
            guard isOff || context.ordering(of: channel) == Guarantees.Ordering.none else { return }
            let why = isOff ? "the channel promises none" : "\(context.systemTitle(of: channel)) keeps none"
            findings.append(
                finding(
                    "'\(service.name)' needs ordering on '\(channel.name)', and \(why)", at: need.span,
                    label: "no order here",
                    related: isOff
                        ? channel.ordering.map { [RelatedPlace(span: $0.span, label: "promises none")] } ?? []
                        : brokerPlace(channel),
                    help: isOff ? nil : help(channel, context)))
        }
        return findings
    }

    private func words(_ ordering: Guarantees.Ordering) -> String {
        switch ordering {
        case .none: "none"
        case .perKey: "it per key only"
        case .total: "it"
        }
    }

    private func help(_ channel: Channel, _ context: LintContext) -> String? {
        guard channel.fifo != true, let fifo = context.guarantees(of: channel)?.fifoOrdering?.value, fifo != .none
        else { return Choice.order(insteadOf: channel) }
        return "add fifo: true, which keeps the order per key and costs throughput: one message of a key at a time"
    }
}
