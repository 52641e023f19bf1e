import CatalogModel
import SourceDiagnostics
import TraceModel

/// A documented service that sent nothing at all: said once, instead of for each of its edges.
struct UnobservedService: DriftCheck {
    let name = "unobserved-service"
    let severity = Severity.info

    func findings(in drift: DriftContext) -> [DriftFinding] {
        guard drift.hasSpans else { return [] }
        return drift.catalog.services.filter { $0.kind.isInside && drift.isSilent($0.name) }.map { service in
            let edges = service.publishes.count + service.subscribes.count + service.calls.count
            var evidence = ["\(counted(drift.evidence.spans, "span")) of other services came in the window"]
            if edges > 0 {
                evidence.append(
                    "\(edges) documented edge\(edges == 1 ? " is" : "s are") unobserved because of it")
            }
            let isPubSubOnly =
                !service.subscribes.isEmpty && service.publishes.isEmpty && service.calls.isEmpty
                && service.subscribes.allSatisfy {
                    drift.catalog.channel(named: $0.channel.value)?.system == .redisPubSub
                }
            if isPubSubOnly { evidence.append("subscribers of Redis Pub/Sub are seldom instrumented") }
            return finding(
                "'\(service.name)' sent no spans in the window", about: .service(service.name), at: service.span,
                label: "not seen",
                help: drift.evidence.services.isEmpty ? nil : nearest(service, drift), evidence: evidence)
        }
    }

    /// An undocumented service of nearly the same name is probably this one.
    private func nearest(_ service: Service, _ drift: DriftContext) -> String? {
        let unknown = drift.evidence.services.keys.filter { drift.catalog.service(named: $0) == nil }.sorted()
        return nearestName(to: service.name, among: unknown).map {
            "spans come from '\($0)': if that is it, add telemetry-names: [\($0)]"
        }
    }
}
