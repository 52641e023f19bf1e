import CatalogModel
import SourceDiagnostics
import TraceModel

/// A consumer that only spans know.
struct UndocumentedConsumer: DriftCheck {
    let name = "undocumented-consumer"
    let severity = Severity.warning

    func findings(in drift: DriftContext) -> [DriftFinding] {
        drift.edges.filter { $0.ends.kind == .consumes && !$0.isDocumented && !$0.isTemporary }.compactMap { edge in
            let (channel, service) = (edge.ends.from, edge.ends.to)
            let isKnown = drift.catalog.channel(named: channel) != nil
            // With a publisher of its own, an undocumented channel is a finding that names its consumers.
            let isPublishedTo = drift.edges.contains { $0.ends.kind == .publishes && $0.ends.to == channel }
            guard isKnown || !isPublishedTo else { return nil }
            let sources = isKnown ? [] : drift.sources(of: channel)
            var evidence = drift.sighted(edge, "message")
            if let source = sources.last { evidence.append("the messages come from '\(source)'") }
            if !isKnown { evidence.append("'\(channel)' is not in the catalog either") }
            let behind = sources.last.map { " (behind '\($0)')" } ?? ""
            return finding(
                "'\(service)' handles the messages of '\(channel)'\(behind), and the catalog does not say so",
                about: .edge(edge.ends), seen: drift.sightings(of: edge),
                at: drift.catalog.service(named: service)?.span
                    ?? (sources + [channel]).lazy.compactMap { drift.catalog.channel(named: $0)?.span }.first,
                label: drift.catalog.service(named: service) == nil
                    ? "an unknown service handles it" : "no such entry here",
                related: drift.catalog.service(named: service) == nil
                    ? [] : (sources + [channel]).flatMap { drift.place(ofChannel: $0) },
                help: help(channel, service, sources, isKnown: isKnown, drift), evidence: evidence)
        }
    }

    private func help(
        _ channel: String, _ service: String, _ sources: [String], isKnown: Bool, _ drift: DriftContext
    ) -> String {
        if isKnown { return "add subscribes: [\(channel)] to '\(service)'" }
        // Written down as a subscriber of the topic, while spans name the queue behind it.
        if let topic = sources.first(where: { drift.subscription($0, service) != nil }) {
            return "'\(service)' subscribes to '\(topic)' in the catalog: write the queue down with "
                + "delivers-to: [\(channel)], or add telemetry-names: [\(channel)] to '\(topic)'"
        }
        return sources.isEmpty
            ? "flowglass discover writes it down; which channel feeds it shows in no span"
            : "flowglass discover writes the channel, the route and the subscription down"
    }
}
