import CatalogModel
import SourceDiagnostics
import TraceModel

/// A channel that only spans know, with all who use it: one finding for the channel and its edges.
///
/// A channel that nobody publishes to directly is the private queue of its consumer, and `undocumented-consumer` says
/// it.
struct UndocumentedChannel: DriftCheck {
    let name = "undocumented-channel"
    let severity = Severity.warning

    func findings(in drift: DriftContext) -> [DriftFinding] {
        drift.graph.channels.filter { !$0.isDocumented && $0.isObserved && !$0.isTemporary }.compactMap { channel in
            let publishers = drift.edges.filter { $0.ends.kind == .publishes && $0.ends.to == channel.name }
            let consumers = drift.edges.filter { $0.ends.kind == .consumes && $0.ends.from == channel.name }
            guard !publishers.isEmpty else { return nil }
            let owner = publishers.lazy.compactMap { drift.catalog.service(named: $0.ends.from) }.first
            var evidence = publishers.map { edge in
                "'\(edge.ends.from)' publishes to it: \(drift.sighted(edge, "message")[0])"
            }
            evidence += consumers.map { edge in
                "'\(edge.ends.to)' handles it: \(drift.sighted(edge, "message")[0])"
            }
            evidence += publishers.first.flatMap { drift.evidence.edges[$0.ends] }.map(exampleText) ?? []
            var figures = EdgeFigures()
            for edge in publishers { figures.add(edge.figures) }
            let seen = Sightings(figures, publishers.first.flatMap { drift.evidence.edges[$0.ends] })
            let similar = nearestName(to: channel.name, among: drift.catalog.channels.map(\.name))
            let known = similar.map { "; or is it '\($0)'? then add telemetry-names: [\(channel.name)] there" } ?? ""
            let system = channel.system.isEmpty ? "" : " on \(channel.system)"
            return finding(
                "'\(channel.name)'\(system) is used, and the catalog does not have it",
                about: .channel(channel.name), seen: seen, at: owner?.span,
                label: "publishes to it", help: "flowglass discover writes it down\(known)", evidence: evidence)
        }
    }
}
