import CatalogModel
import SourceDiagnostics

/// A choreography that nobody can follow.
struct LongChoreography: Rule {
    let name = "long-choreography"
    let group = RuleGroup.flows
    let severity: Severity? = .warning
    let summary = "a choreography of many steps"
    let explanation = """
        In a choreography nobody directs: each service reacts to the one before. With a few steps that is
        loose and simple; with many, nobody can say how far a booking is, what it waits for, or what to do
        when it stops. An orchestrator knows.
        """
    let options = [
        RuleOption("min-steps", .count(5), "from how many steps on a choreography is long")
    ]
    let bad = [
        """
        flows:
          ⟦booking⟧:
            style: choreography
            steps: [a publishes t, b handles t, b publishes u, c handles u, c publishes v]
        services:
          a: { publishes: [t] }
          b: { publishes: [u], subscribes: [t] }
          c: { publishes: [v], subscribes: [u] }
        topics: { t: {}, u: {}, v: {} }
        """
    ]
    let good = [
        """
        flows:
          booking:
            style: choreography
            steps: [a publishes t, b handles t]
        services:
          a: { publishes: [t] }
          b: { subscribes: [t] }
        topics: { t: {} }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        let least = context.count("min-steps", of: self)
        return context.catalog.flows.compactMap { flow in
            guard flow.isChoreography, flow.steps.count >= least, flow.steps.count > 0 else { return nil }
            return finding(
                "flow '\(flow.name)' is a choreography of \(flow.steps.count) steps, and nobody can say how far it is",
                at: flow.span, label: "\(flow.steps.count) steps",
                related: [flow.steps.first, flow.steps.last].compactMap(\.self).map {
                    RelatedPlace(span: $0.span, label: $0.span == flow.steps.first?.span ? "from here" : "to here")
                }, help: "let an orchestrator direct it: one place then knows how far it is, and wants two replicas",
                evidence: flow.steps.map { "'\($0.service.value)' \($0.action.rawValue) '\($0.target.value)'" })
        }
    }
}
