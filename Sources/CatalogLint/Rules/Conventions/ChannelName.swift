import CatalogModel
import SourceDiagnostics

/// A topic or queue whose name breaks the convention.
struct ChannelName: Rule {
    let name = "channel-name"
    let group = RuleGroup.conventions
    let severity: Severity? = .warning
    let summary = "a channel name that breaks the convention"
    let explanation = """
        Names that follow one pattern can be searched, sorted, matched by access rules and guessed. The
        pattern is `conventions.names.channel`, a regular expression for the whole name; without one the rule
        is silent.
        """
    let bad = [
        """
        conventions:
          names: { channel: "[a-z]+([.][a-z]+)+" }
        topics:
          ⟦OrderCompleted⟧: {}
        """
    ]
    let good = [
        """
        conventions:
          names: { channel: "[a-z]+([.][a-z]+)+" }
        topics:
          order.completed: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        misnamed("channel", context.catalog.channels.map { ($0.name, $0.span) }, context)
    }
}
