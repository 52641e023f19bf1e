import CatalogModel
import SourceDiagnostics

/// An orchestrator that runs once.
struct OrchestratorSinglePoint: Rule {
    let name = "orchestrator-single-point"
    let group = RuleGroup.synchronous
    let severity: Severity? = .warning
    let summary = "an orchestrator with fewer than two replicas"
    let explanation = """
        Every step of its flows waits for the orchestrator. With one replica, all of them stand still while it
        restarts, and what it held in memory is gone. Two are the least, with their state outside.
        """
    let bad = [
        """
        services:
          ⟦booking⟧: { replicas: 1, calls: [seat] }
          ⟦refund⟧: { kind: orchestrator, replicas: 1, calls: [seat] }
          seat: {}
        flows:
          concert: { orchestrator: booking, steps: [booking calls seat] }
        """
    ]
    let good = [
        """
        services:
          booking: { replicas: 2, calls: [seat] }
          seat: { replicas: 1 }
        flows:
          concert: { orchestrator: booking, steps: [booking calls seat] }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        var directed: [String: RelatedPlace] = [:]
        for flow in context.catalog.flows {
            guard let orchestrator = flow.orchestrator, directed[orchestrator.value] == nil else { continue }
            directed[orchestrator.value] = RelatedPlace(
                span: orchestrator.span, label: "it directs flow '\(flow.name)'")
        }
        return context.catalog.services.compactMap { service in
            let place = directed[service.name]
            guard service.kind == .orchestrator || place != nil, let replicas = service.replicas, replicas < 2 else {
                return nil
            }
            return finding(
                "orchestrator '\(service.name)' runs with \(replicas == 0 ? "no replica" : "one replica"), and its flows wait for it",
                at: service.span, label: "a single point of failure", related: [place].compactMap(\.self),
                help: "run two at least: replicas: 2")
        }
    }
}
