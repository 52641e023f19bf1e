import CatalogModel
import SourceDiagnostics

/// Undo logic that is spread over services.
struct ChoreographyWithCompensation: Rule {
    let name = "choreography-with-compensation"
    let group = RuleGroup.flows
    let severity: Severity? = .warning
    let summary = "a choreography whose failures are undone by compensating steps"
    let explanation = """
        When step four fails, three services must undo what they did, in order, each by an event that may
        itself fail. Spread over a choreography nobody sees whether it is undone. An orchestrator holds the
        list of what is done, and takes it back.
        """
    let bad = [
        """
        flows:
          booking:
            style: ⟦choreography⟧
            compensates: true
            steps: [a publishes t, b handles t]
        services:
          a: { publishes: [t] }
          b: { subscribes: [t] }
        topics: { t: {} }
        """
    ]
    let good = [
        """
        flows:
          booking:
            style: orchestration
            orchestrator: a
            compensates: true
            steps: [a calls b]
        services:
          a: { calls: [b] }
          b: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        context.catalog.flows.compactMap { flow in
            guard flow.compensates, flow.isChoreography else { return nil }
            return finding(
                "flow '\(flow.name)' undoes its failures, and no service directs it", at: flow.style?.span ?? flow.span,
                label: "nobody directs the undoing",
                help:
                    "name an orchestrator (style: orchestration, orchestrator: SERVICE): one place then knows what to "
                    + "undo, and wants two replicas")
        }
    }
}
