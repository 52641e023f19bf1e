import CatalogModel
import SourceDiagnostics
import TraceModel

/// A `within` that the observed p99 breaks, from published to handled.
struct DeadlineMissed: DriftCheck {
    let name = "deadline-missed"
    let severity = Severity.warning

    func findings(in drift: DriftContext) -> [DriftFinding] {
        drift.catalog.services.flatMap { service in
            service.subscribes.compactMap { check($0, of: service.name, drift) }
        }
    }

    private func check(_ subscription: Subscription, of service: String, _ drift: DriftContext) -> DriftFinding? {
        let channel = subscription.channel.value
        guard let within = subscription.needs.within, let edge = drift.edge(.consumes, channel, service) else {
            return nil
        }
        let deadline = within.value.nanosecondsClamped
        // Spans tell the whole time of each message. Figures outlive them, and tell at least how long it waited.
        let whole = drift.evidence.deliveries[edge.ends]?.handled ?? DurationDistribution()
        let times = whole.count > 0 ? whole : edge.figures.wait
        guard let p99 = times.quantile(0.99), p99 > deadline else { return nil }
        let median = times.quantile(0.5).map { ", the median \(durationText($0))" } ?? ""
        var evidence = [
            "the p99 of \(counted(times.count, "message")) is \(durationText(p99))\(median)"
                + (whole.count > 0 ? "" : ", waiting alone"),
            seenText(edge.figures.firstSeen, edge.figures.lastSeen),
        ]
        evidence += drift.evidence.edges[edge.ends].map(exampleText) ?? []
        return finding(
            "'\(service)' must have handled messages of '\(channel)' within \(within.value.catalogText), and takes longer",
            about: .edge(edge.ends),
            seen: Sightings(
                count: times.count, firstSeen: edge.figures.firstSeen, lastSeen: edge.figures.lastSeen,
                traces: drift.evidence.edges[edge.ends]?.traces ?? []),
            at: within.span, label: "broken by the observed p99", related: drift.place(ofChannel: channel),
            evidence: evidence)
    }
}
