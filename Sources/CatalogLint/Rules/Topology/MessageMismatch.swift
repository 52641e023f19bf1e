import CatalogModel
import SourceDiagnostics

/// A consumer that expects a message nobody publishes.
struct MessageMismatch: Rule {
    let name = "message-mismatch"
    let group = RuleGroup.topology
    let severity: Severity? = .error
    let summary = "a consumer that expects a message, or a version of it, that nobody sends it"
    let explanation = """
        The consumer waits for a message that no producer of the channel publishes, or for a version that none
        publishes any more. It fails at the first message or never sees one. A reference may carry a version,
        `OrderCompleted@2`; without one it means the version that `messages` defines. The rule is silent while
        a producer does not say what it publishes.
        """
    let bad = [
        """
        services:
          order: { publishes: [{ channel: order.events, message: OrderCompleted@2 }] }
          mail: { subscribes: [{ channel: order.events, message: ⟦OrderCompleted@1⟧ }] }
          stock: { subscribes: [{ channel: order.events, message: ⟦OrderShipped⟧ }] }
        topics:
          order.events: {}
        """
    ]
    let good = [
        """
        services:
          order: { publishes: [{ channel: order.events, message: OrderCompleted@2 }] }
          mail: { subscribes: [{ channel: order.events, message: OrderCompleted@2 }] }
          stock: { subscribes: [{ channel: order.events, message: OrderCompleted }] }
        topics:
          order.events: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        context.eachSubscription(where: { $0.message != nil }) { service, subscription, channel in
            guard let expected = subscription.message else { return }
            let senders = context.graph.senders(to: channel.name)
            let sent = senders.map { context.graph.publication($0).message }
            let carried = context.graph.sources(of: channel.name).flatMap { context.graph.channel($0)?.messages ?? [] }
            guard !sent.isEmpty || !carried.isEmpty, !sent.contains(nil) || !carried.isEmpty else { return }
            let known = sent.compactMap(\.self) + carried
            let wanted = MessageName(expected.value, in: context.graph)
            guard !known.contains(where: { wanted.accepts(MessageName($0.value, in: context.graph)) }) else { return }
            let places = known.prefix(3).map { RelatedPlace(span: $0.span, label: "this is '\($0.value)'") }
            findings.append(
                finding(
                    "'\(service.name)' expects '\(expected.value)' on '\(channel.name)', which carries \(names(known))",
                    at: expected.span, label: "nobody sends it", related: places))
        }
        return findings
    }

    private func names(_ messages: [Located<String>]) -> String { quotedList(Set(messages.map(\.value)).sorted()) }
}
