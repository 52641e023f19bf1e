import CatalogModel
import SourceDiagnostics
import TraceModel

/// A producer that only spans know.
struct UndocumentedProducer: DriftCheck {
    let name = "undocumented-producer"
    let severity = Severity.warning

    func findings(in drift: DriftContext) -> [DriftFinding] {
        drift.edges.filter { $0.ends.kind == .publishes && !$0.isDocumented && !$0.isTemporary }.compactMap { edge in
            let (service, channel) = (edge.ends.from, edge.ends.to)
            guard let known = drift.catalog.channel(named: channel) else { return nil }
            let definition = drift.catalog.service(named: service)
            return finding(
                "'\(service)' publishes to '\(channel)', and the catalog does not say so",
                about: .edge(edge.ends), seen: drift.sightings(of: edge),
                at: definition?.span ?? known.span,
                label: definition == nil ? "an unknown service publishes to it" : "no such entry here",
                related: definition == nil ? [] : drift.place(ofChannel: channel),
                help: "add publishes: [\(channel)] to '\(service)'", evidence: drift.sighted(edge, "message"))
        }
    }
}
