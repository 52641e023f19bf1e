import CatalogModel
import OTLPCoding
import TraceModel

/// What each service sends, and whose parents never came.
struct ServicePass: EvidencePass {
    let deadLetters: DeadLetters
    let resolver: NameResolver

    func run(_ window: SightingWindow, traits: [SpanTraits], into evidence: inout Evidence) {
        for index in window.judgedIndices {
            let sighting = window.sightings[index]
            evidence.spans += 1
            evidence.firstSeen =
                evidence.firstSeen == 0 ? sighting.start : min(evidence.firstSeen, sighting.start)
            evidence.lastSeen = max(evidence.lastSeen, sighting.start, sighting.end)
            let isOrphan = !sighting.parent.isZero && window.index(of: sighting.parentKey) == nil
            evidence.services.update(window.service(of: index), ServiceEvidence()) { profile in
                profile.note(sighting, traits[Int(sighting.traits)])
                if !sighting.parent.isZero { profile.children += 1 }
                if isOrphan { profile.orphans += 1 }
            }
        }
        for hop in window.hops {
            switch hop.edge.kind {
            case .publishes: notePublished(hop, in: window, &evidence)
            case .consumes: noteConsumed(hop, in: window, &evidence)
            case .calls, .delivers: break
            }
        }
    }

    private func notePublished(_ hop: WindowHop, in window: SightingWindow, _ evidence: inout Evidence) {
        guard let from = hop.from, window.isJudged(from) else { return }
        let channel = resolver.channel(hop.edge.to)
        evidence.services.update(window.service(of: from), ServiceEvidence()) { seen in
            seen.published += 1
            if !window.deliveries(of: from).isEmpty {
                seen.publishedAndHandled += 1
            } else if deadLetters.isTarget(channel) {
                seen.deadLetters[channel, default: 0] += 1
            }
        }
    }

    private func noteConsumed(_ hop: WindowHop, in window: SightingWindow, _ evidence: inout Evidence) {
        guard let to = hop.to, window.isJudged(to) else { return }
        evidence.services.update(window.service(of: to), ServiceEvidence()) { seen in
            seen.consumed += 1
            if let joinEvidence = hop.evidence {
                seen.joined += 1
                seen.joinedBy[joinEvidence, default: 0] += 1
            }
            if let wait = hop.wait, wait < 0 {
                seen.negativeWaits += 1
                seen.largestSkew = max(seen.largestSkew, wait.magnitude)
            }
        }
    }
}
