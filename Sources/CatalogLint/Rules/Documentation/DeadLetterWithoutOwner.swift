import CatalogModel
import SourceDiagnostics

/// A dead-letter queue that nobody looks after.
struct DeadLetterWithoutOwner: Rule {
    let name = "dead-letter-without-owner"
    let group = RuleGroup.documentation
    let severity: Severity? = .warning
    let summary = "a dead-letter queue that nobody answers for"
    let explanation = """
        Messages in a dead-letter queue are work that was not done: an order not packed, a refund not paid.
        They wait until somebody looks, and they expire when nobody does. So the queue needs an owner more
        than others.
        """
    let bad = [
        """
        services:
          mail: { subscribes: [mail.jobs] }
        queues:
          mail.jobs: { dead-letter: mail.jobs.dead }
          ⟦mail.jobs.dead⟧: {}
        """
    ]
    let good = [
        """
        services:
          mail: { subscribes: [mail.jobs] }
        queues:
          mail.jobs: { dead-letter: mail.jobs.dead }
          mail.jobs.dead: { owner: messaging }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        guard !context.deadLetters.isEmpty else { return [] }
        let sources = Dictionary(
            grouping: context.catalog.references.filter {
                $0.role == .deadLetter || $0.role == .subscriptionDeadLetter
            },
            by: \.name)
        return context.catalog.channels.compactMap { channel in
            guard let sources = sources[channel.name], channel.documentation.owner == nil,
                !context.isBroken(.owner, at: channel.span)
            else { return nil }
            return finding(
                "dead letters go to '\(channel.name)', which has no owner", at: channel.span,
                label: "nobody looks after it",
                related: sources.prefix(3).map { RelatedPlace(span: $0.span, label: "dead letters of '\($0.owner)'") })
        }
    }
}
