import CatalogModel
import SourceDiagnostics

/// A service that handles its own messages.
struct SelfSubscription: Rule {
    let name = "self-subscription"
    let group = RuleGroup.topology
    let severity: Severity? = .warning
    let summary = "a service that subscribes to a channel it publishes to"
    let explanation = """
        The service talks to itself through the broker. As a topic it gets a copy of everything it says, and
        one careless handler makes it a loop without end. If it is meant as a work queue of its own, a queue
        that nobody else uses says so.
        """
    let bad = [
        """
        services:
          order:
            publishes: [order.completed]
            subscribes: [⟦order.completed⟧]
        topics:
          order.completed: {}
        """
    ]
    let good = [
        """
        services:
          order:
            publishes: [order.completed, order.jobs]
            subscribes: [order.jobs]
          mail: { subscribes: [order.completed] }
        topics:
          order.completed: {}
        queues:
          order.jobs: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        for (index, service) in context.catalog.services.enumerated() {
            for publication in service.publishes {
                for use in context.graph.handlers(of: publication.channel.value) where use.service == index {
                    let subscription = context.graph.subscription(use)
                    guard !isOwnWorkQueue(subscription.channel.value, index, context) else { continue }
                    findings.append(
                        finding(
                            "'\(service.name)' handles its own messages from '\(publication.channel.value)'",
                            at: subscription.channel.span, label: "subscribes here",
                            related: [RelatedPlace(span: publication.channel.span, label: "publishes here")]))
                }
            }
        }
        return findings
    }

    /// A queue that only this service fills and empties is a plain work queue.
    private func isOwnWorkQueue(_ name: String, _ service: Int, _ context: LintContext) -> Bool {
        guard context.graph.channel(name)?.kind == .queue else { return false }
        let users = context.graph.senders(to: name) + context.graph.subscribers(of: name)
        return users.allSatisfy { $0.service == service }
    }
}
