import CatalogModel
import SourceDiagnostics
import TraceModel

/// Messages that one group processed twice, where the catalog does not say that this does no harm.
struct ObservedDuplicate: DriftCheck {
    let name = "observed-duplicate"
    let severity = Severity.warning

    func findings(in drift: DriftContext) -> [DriftFinding] {
        drift.edges.filter { $0.ends.kind == .consumes && $0.figures.duplicates > 0 }.compactMap { edge in
            let (channel, service) = (edge.ends.from, edge.ends.to)
            let subscription = drift.subscription(channel, service)
            guard subscription?.idempotent?.value != true else { return nil }
            let seen = drift.evidence.duplicates[edge.ends] ?? Examples()
            var evidence = [
                "\(edge.figures.duplicates) of \(edge.figures.deliveries) deliveries were of a message it had handled before"
                    + (seen.count > 0 ? ", \(seenText(seen.firstSeen, seen.lastSeen))" : "")
            ]
            evidence += exampleText(seen)
            return finding(
                "'\(service)' handled messages of '\(channel)' twice",
                about: .edge(edge.ends),
                seen: Sightings(
                    count: edge.figures.duplicates, firstSeen: seen.firstSeen, lastSeen: seen.lastSeen,
                    traces: seen.traces),
                at: subscription?.idempotent?.span ?? subscription?.channel.span
                    ?? drift.catalog.service(named: service)?.span,
                label: subscription?.idempotent == nil ? "not said to be idempotent" : "not idempotent",
                related: drift.place(ofChannel: channel),
                help: subscription == nil
                    ? nil : "make it idempotent and say idempotent: true, or keep the ids it has handled",
                evidence: evidence)
        }
    }
}
