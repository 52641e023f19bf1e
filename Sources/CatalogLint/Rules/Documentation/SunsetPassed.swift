import CatalogModel
import SourceDiagnostics

/// A channel whose sunset date is over.
struct SunsetPassed: Rule {
    let name = "sunset-passed"
    let group = RuleGroup.documentation
    let severity: Severity? = .warning
    let summary = "a channel that should be gone by now"
    let explanation = """
        A sunset is a promise in both directions: users leave by then, owners switch off then. A date that has
        passed without either makes the next one worthless. Remove the channel, or set a date that counts.
        """
    let bad = [
        """
        topics:
          order.done: { deprecated: { since: 2025-06-01, sunset: ⟦2025-12-31⟧ } }
        """
    ]
    let good = [
        """
        topics:
          order.done: { deprecated: { since: 2025-06-01, sunset: 2026-12-31 } }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        context.catalog.channels.compactMap { channel in
            guard let sunset = channel.deprecated?.sunset, sunset.value < context.settings.today else { return nil }
            let users = Set(
                (context.graph.publishers(of: channel.name) + context.graph.subscribers(of: channel.name)).map {
                    context.catalog.services[$0.service].name
                }
            ).sorted()
            return finding(
                "\(channel.kind.rawValue) '\(channel.name)' was to go away on \(sunset.value)", at: sunset.span,
                label: "this day has passed",
                help: users.isEmpty ? "nobody uses it: remove it" : "it is still used by \(quotedList(users))")
        }
    }
}
