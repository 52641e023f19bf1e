import CatalogModel
import SourceDiagnostics

/// A business flow that nobody answers for.
struct FlowWithoutOwner: Rule {
    let name = "flow-without-owner"
    let group = RuleGroup.flows
    let severity: Severity? = .warning
    let summary = "a flow that nobody answers for"
    let explanation = """
        Each service has its team, and the flow across them has none: nobody notices that bookings get stuck
        between two of them. The owner is whoever is asked when the flow as a whole does not work.
        """
    let bad = [
        """
        flows:
          ⟦booking⟧: { steps: [] }
        """
    ]
    let good = [
        """
        flows:
          booking: { owner: checkout, steps: [] }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        context.catalog.flows.filter {
            $0.documentation.owner == nil && !context.isBroken(.owner, at: $0.span)
        }.map {
            finding("flow '\($0.name)' has no owner", at: $0.span, label: "nobody answers for it")
        }
    }
}
