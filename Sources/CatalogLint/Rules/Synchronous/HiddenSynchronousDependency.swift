import CatalogModel
import SourceDiagnostics

/// Asynchronous on paper, synchronous in fact.
struct HiddenSynchronousDependency: Rule {
    let name = "hidden-synchronous-dependency"
    let group = RuleGroup.synchronous
    let severity: Severity? = .warning
    let summary = "a message whose sender or consumer cannot wait"
    let explanation = """
        A publisher that awaits a reply, or polls until the work is done, stands still while the consumer
        does; a consumer that must be done within seconds must be up whenever the publisher is. That is a
        call, with a broker in the middle: no looser, slower, and without a caller who sees the error. Either
        let go of the answer, or call.
        """
    let options = [
        RuleOption("shortest-deadline", .duration(.seconds(60)), "deadlines below this are taken for synchronous")
    ]
    let bad = [
        """
        services:
          order:
            publishes:
              - channel: payment.jobs
                awaits: { reply: ⟦payment.replies⟧ }
              - channel: stock.jobs
                awaits: { polls: ⟦stock⟧, every: 200ms }
          payment: { publishes: [payment.replies], subscribes: [payment.jobs] }
          stock: { subscribes: [{ channel: stock.jobs, needs: { within: ⟦5s⟧ } }] }
        queues:
          payment.jobs: {}
          payment.replies: {}
          stock.jobs: {}
        """
    ]
    let good = [
        """
        services:
          order:
            publishes: [payment.jobs, stock.jobs]
            subscribes: [payment.done]
          payment: { publishes: [payment.done], subscribes: [payment.jobs] }
          stock: { subscribes: [{ channel: stock.jobs, needs: { within: 12h } }] }
        topics:
          payment.done: {}
        queues:
          payment.jobs: {}
          stock.jobs: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        for service in context.catalog.services {
            for publication in service.publishes {
                let channel = publication.channel
                let place = RelatedPlace(span: channel.span, label: "what it publishes")
                switch publication.awaits {
                case .reply(let reply):
                    findings.append(
                        finding(
                            "'\(service.name)' publishes to '\(channel.value)' and awaits the reply on '\(reply.value)'",
                            at: reply.span, label: "waits for this reply", related: [place],
                            help: "call the service, or go on without the reply"))
                case .polls(let polled, let every):
                    let rhythm = every.map { " every \($0.catalogText)" } ?? ""
                    findings.append(
                        finding(
                            "'\(service.name)' publishes to '\(channel.value)' and polls '\(polled.value)'\(rhythm) until it is done",
                            at: polled.span, label: "waits by asking", related: [place],
                            help: "let '\(polled.value)' publish when it is done"))
                case nil: break
                }
            }
        }
        let longest = context.duration("shortest-deadline", of: self)
        context.eachSubscription(where: { $0.needs.within != nil }) { service, subscription, channel in
            guard let within = subscription.needs.within, within.value < longest, within.value >= immediateDeadline
            else { return }
            let publishers = context.graph.senders(to: channel.name).prefix(3).map { use in
                RelatedPlace(
                    span: context.graph.publication(use).channel.span,
                    label: "'\(context.catalog.services[use.service].name)' counts on it")
            }
            findings.append(
                finding(
                    "'\(service.name)' must handle '\(channel.name)' within \(within.value.catalogText), so it must be up whenever its publisher is",
                    at: within.span, label: "a deadline of seconds", related: publishers))
        }
        return findings
    }
}
