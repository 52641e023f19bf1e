import OTLPCoding
import TraceModel

/// How messages reached their consumers: joined to a publisher or not, by what kind of span, in what time.
struct DeliveryPass: EvidencePass {
    let resolver: NameResolver

    func run(_ window: SightingWindow, traits: [SpanTraits], into evidence: inout Evidence) {
        for hop in window.hops where hop.edge.kind == .consumes {
            guard let to = hop.to, window.isJudged(to) else { continue }
            let sighting = window.sightings[to]
            let traits = traits[Int(sighting.traits)]
            evidence.deliveries.update(resolver.ends(of: hop.edge), DeliveryProfile()) { profile in
                profile.count += 1
                if profile.scopes.count < 50 { profile.scopes.insert(traits.scope) }
                if traits.kind == .client { profile.clientSpans += 1 }
                if let wait = hop.wait, let work = hop.work, !hop.isError {
                    profile.handled.record(UInt64(max(0, wait)).addingReportingOverflow(work).partialValue)
                }
                if hop.isJoined {
                    profile.joined += 1
                    if let from = hop.from { profile.publishers.update(window.service(of: from), 0) { $0 += 1 } }
                } else {
                    profile.unjoined.note(sighting.key.trace, at: hop.time)
                    if isDangling(sighting, in: window) { profile.dangling += 1 } else { profile.rootless += 1 }
                }
            }
        }
    }

    /// Whether a span names another as its link or parent that was never received.
    private func isDangling(_ sighting: Sighting, in window: SightingWindow) -> Bool {
        let links = sighting.fact?.links ?? []
        return (links + (sighting.parent.isZero ? [] : [sighting.parentKey])).contains { window.index(of: $0) == nil }
    }
}
