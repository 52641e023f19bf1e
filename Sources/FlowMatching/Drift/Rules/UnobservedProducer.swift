import CatalogModel
import SourceDiagnostics
import TraceModel

/// A documented producer that was not seen.
struct UnobservedProducer: DriftCheck {
    let name = "unobserved-producer"
    let severity = Severity.info

    func findings(in drift: DriftContext) -> [DriftFinding] {
        guard drift.hasSpans else { return [] }
        return drift.edges.filter { $0.ends.kind == .publishes && $0.isDocumented && !$0.isObserved }.compactMap {
            edge in
            let (service, channel) = (edge.ends.from, edge.ends.to)
            guard !drift.isSilent(service), !drift.isOutside(service) else { return nil }
            return finding(
                "'\(service)' was not seen publishing to '\(channel)'", about: .edge(edge.ends), at: edge.span,
                label: "not seen in the window",
                related: drift.place(ofChannel: channel), evidence: drift.reservations(about: service))
        }
    }
}
