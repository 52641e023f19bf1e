public import CatalogModel
public import OTLPCoding
import TraceModel

/// Gathers evidence from requests as they stand in a store, in any order, with bounded memory.
///
/// Spans are looked at in buffers that overlap: each span is judged once, with at least `margin` spans before and after
/// it in the order of arrival. What belongs together and arrived further apart than that is not seen together; a
/// window of up to `margin + core` spans is always looked at as a whole.
public struct EvidenceCollector {
    /// Spans looked at beside those that are judged, on either side.
    static let standardMargin = 20_000
    /// Spans judged in one go.
    static let standardCore = 60_000

    private var reader: SightingReader
    private let passes: EvidencePasses
    private let time: Range<UInt64>
    private let margin: Int
    private let core: Int
    private var buffer: [Sighting] = []
    /// How many of the buffer's first sightings were judged before.
    private var judged = 0
    private var evidence = Evidence()

    /// - Parameters:
    ///   - graph: Documented and observed edges over the same window: what is usual is read from its figures.
    ///   - from: Spans that started earlier are left out; nanoseconds since the Unix epoch.
    ///   - end: And those that started then or later.
    ///   - now: Until when a message could have been handled; nanoseconds since the Unix epoch.
    public init(catalog: Catalog, graph: FlowGraph, from: UInt64 = 0, until end: UInt64 = .max, now: UInt64) {
        self.init(
            catalog: catalog, graph: graph, from: from, until: end, now: now, margin: Self.standardMargin,
            core: Self.standardCore)
    }

    init(
        catalog: Catalog, graph: FlowGraph, from: UInt64, until end: UInt64 = .max, now: UInt64, margin: Int, core: Int
    ) {
        let resolver = NameResolver(catalog)
        reader = SightingReader(
            correlationAttributes: catalog.conventions.correlationAttributes, resolver: resolver)
        passes = EvidencePasses(catalog: catalog, graph: graph, resolver: resolver, now: now)
        time = from..<max(from, end)
        self.margin = margin
        self.core = core
    }

    public mutating func add(_ batch: OTLPBatch) {
        buffer += reader.sightings(in: batch, during: time)
        while buffer.count >= judged + core + margin { judge(judged..<judged + core) }
    }

    /// Everything that was found. Nothing may be added afterwards.
    public mutating func finish() -> Evidence {
        judge(judged..<buffer.count)
        return evidence
    }

    private mutating func judge(_ range: Range<Int>) {
        let window = SightingWindow(buffer, judging: range, services: reader.services, routes: passes.routes)
        passes.run(window, traits: reader.traits, into: &evidence)
        let kept = max(0, range.upperBound - margin)
        buffer.removeFirst(kept)
        judged = range.upperBound - kept
    }
}
