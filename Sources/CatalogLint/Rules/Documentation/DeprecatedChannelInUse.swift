import CatalogModel
import SourceDiagnostics

/// A deprecated channel that is still published or subscribed to.
struct DeprecatedChannelInUse: Rule {
    let name = "deprecated-channel-in-use"
    let group = RuleGroup.documentation
    let severity: Severity? = .warning
    let summary = "a deprecated channel that somebody still uses"
    let explanation = """
        A channel goes away only when its last user does. Each use is a finding of its own, so that the list
        is the plan of the move; what to use instead stands in `deprecated.use`.
        """
    let bad = [
        """
        services:
          order: { publishes: [⟦order.done⟧, order.completed] }
          mail: { subscribes: [⟦order.done⟧] }
        topics:
          order.done: { deprecated: { since: 2025-10-01, use: order.completed } }
          order.completed: {}
        """
    ]
    let good = [
        """
        services:
          order: { publishes: [order.completed] }
          mail: { subscribes: [order.completed] }
        topics:
          order.done: { deprecated: { since: 2025-10-01, use: order.completed } }
          order.completed: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        let deprecated = context.catalog.channels.filter { $0.deprecated != nil }
        guard !deprecated.isEmpty else { return [] }
        var findings: [Diagnostic] = []
        for service in context.catalog.services {
            let uses =
                service.publishes.map { ("publishes to", $0.channel) }
                + service.subscribes.map { ("subscribes to", $0.channel) }
            for (verb, use) in uses {
                guard let channel = context.graph.channel(use.value), let deprecation = channel.deprecated else {
                    continue
                }
                var words = "'\(service.name)' \(verb) '\(channel.name)', which is deprecated"
                if let sunset = deprecation.sunset { words += " and goes away on \(sunset.value)" }
                let place = RelatedPlace(
                    span: channel.span, label: deprecation.since.map { "deprecated since \($0)" } ?? "deprecated here")
                findings.append(
                    finding(
                        words, at: use.span, label: "a deprecated channel", related: [place],
                        help: deprecation.use.map { "use '\($0.value)' instead" }))
            }
        }
        return findings
    }
}
