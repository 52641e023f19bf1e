import CatalogModel
import SourceDiagnostics
import TraceModel

/// A route between two documented channels that only spans know.
struct UndocumentedRoute: DriftCheck {
    let name = "undocumented-route"
    let severity = Severity.warning

    func findings(in drift: DriftContext) -> [DriftFinding] {
        drift.edges.filter { $0.ends.kind == .delivers && !$0.isDocumented && !$0.isTemporary }.compactMap { edge in
            let (from, to) = (edge.ends.from, edge.ends.to)
            guard let source = drift.catalog.channel(named: from), drift.catalog.channel(named: to) != nil else {
                return nil
            }
            return finding(
                "'\(from)' delivers to '\(to)', and the catalog does not say so",
                about: .edge(edge.ends), seen: drift.sightings(of: edge), at: source.span,
                label: "no such route here", related: drift.place(ofChannel: to),
                help: "add delivers-to: [\(to)] to '\(from)'", evidence: drift.sighted(edge, "message"))
        }
    }
}
