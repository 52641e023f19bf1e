import CatalogModel
import TraceModel

/// The passes over a window of sightings, each of which adds its own kind of evidence.
struct EvidencePasses: Sendable {
    let routes: ChannelRoutes
    private let passes: [any EvidencePass]

    init(catalog: Catalog, graph: FlowGraph, resolver: NameResolver, now: UInt64) {
        routes = channelRoutes(of: catalog)
        passes = [
            DeliveryPass(resolver: resolver),
            EdgePass(resolver: resolver),
            FatePass(catalog: catalog, graph: graph, resolver: resolver, now: now),
            PollingPass(),
            ReplyPass(resolver: resolver),
            ServicePass(deadLetters: DeadLetters(catalog), resolver: resolver),
        ]
    }

    func run(_ window: SightingWindow, traits: [SpanTraits], into evidence: inout Evidence) {
        for pass in passes { pass.run(window, traits: traits, into: &evidence) }
    }
}

/// One kind of evidence. It may look at the whole window, and speaks of its judged spans only.
protocol EvidencePass: Sendable {
    func run(_ window: SightingWindow, traits: [SpanTraits], into evidence: inout Evidence)
}

extension Dictionary {
    /// Bounds what hostile input can make of evidence: beyond so many keys, new ones are left out.
    static var evidenceLimit: Int { 20_000 }

    /// Changes the value of a key, which is made where there is still room.
    mutating func update(_ key: Key, _ standard: @autoclosure () -> Value, _ body: (inout Value) -> Void) {
        if self[key] == nil, count >= Self.evidenceLimit { return }
        body(&self[key, default: standard()])
    }
}
