import TraceModel

/// Where each edge was seen, and where a message came again.
struct EdgePass: EvidencePass {
    let resolver: NameResolver

    func run(_ window: SightingWindow, traits: [SpanTraits], into evidence: inout Evidence) {
        for hop in window.hops {
            guard let end = hop.edge.kind == .publishes ? hop.from : hop.to ?? hop.from, window.isJudged(end) else {
                continue
            }
            let ends = resolver.ends(of: hop.edge)
            let trace = window.sightings[end].key.trace
            evidence.edges.update(ends, Examples()) { $0.note(trace, at: hop.time) }
            if hop.isDuplicate { evidence.duplicates.update(ends, Examples()) { $0.note(trace, at: hop.time) } }
        }
    }
}

extension NameResolver {
    /// An observed edge's ends, in the catalog's names.
    func ends(of edge: EdgeKey) -> EdgeEnds {
        switch edge.kind {
        case .calls: EdgeEnds(.calls, service(edge.from), service(edge.to))
        case .publishes: EdgeEnds(.publishes, service(edge.from), channel(edge.to))
        case .consumes: EdgeEnds(.consumes, channel(edge.from), service(edge.to))
        case .delivers: EdgeEnds(.delivers, channel(edge.from), channel(edge.to))
        }
    }
}
