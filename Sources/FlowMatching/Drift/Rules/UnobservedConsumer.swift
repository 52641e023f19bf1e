import CatalogModel
import SourceDiagnostics
import TraceModel

/// A documented consumer that was not seen. Where messages were published meanwhile, `unconsumed-message` says it.
struct UnobservedConsumer: DriftCheck {
    let name = "unobserved-consumer"
    let severity = Severity.info

    func findings(in drift: DriftContext) -> [DriftFinding] {
        guard drift.hasSpans else { return [] }
        return drift.edges.filter { $0.ends.kind == .consumes && $0.isDocumented && !$0.isObserved }.compactMap {
            edge in
            let (channel, service) = (edge.ends.from, edge.ends.to)
            guard !drift.isSilent(service), !drift.isOutside(service) else { return nil }
            guard drift.evidence.fates[edge.ends].map({ $0.unhandled.count == 0 }) ?? true else { return nil }
            var evidence = drift.reservations(about: service)
            let published = drift.observedPublishers(of: channel).reduce(0) { $0 + $1.figures.count }
            evidence.append(
                published > 0
                    ? "\(counted(published, "message")) \(published == 1 ? "was" : "were") published meanwhile"
                    : "nobody was seen publishing to it either")
            return finding(
                "'\(service)' was not seen handling messages of '\(channel)'", about: .edge(edge.ends), at: edge.span,
                label: "not seen in the window", related: drift.place(ofChannel: channel), evidence: evidence)
        }
    }
}
