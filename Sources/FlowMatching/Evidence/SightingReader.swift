import OTLPCoding
import TraceModel

/// Makes sightings of requests, in the catalog's names.
///
/// Strings that spans share are kept once; beyond `maximumTraits` different combinations the rest counts as the last
/// one known, so that hostile input cannot grow the tables.
struct SightingReader {
    static let maximumTraits = 20_000

    private var reader: SpanReader
    private let resolver: NameResolver
    private(set) var services: [String] = []
    private(set) var traits: [SpanTraits] = []
    private var serviceNumbers: [String: Int32] = [:]
    private var traitNumbers: [SpanTraits: Int32] = [:]

    init(correlationAttributes: [String], resolver: NameResolver) {
        reader = SpanReader(correlationAttributes: correlationAttributes)
        self.resolver = resolver
    }

    /// The sightings of a request's spans that started during a time, in nanoseconds since the Unix epoch.
    mutating func sightings(in batch: OTLPBatch, during time: Range<UInt64>) -> [Sighting] {
        var facts = reader.facts(of: batch)[...]
        let resources = batch.resources.map { Resource($0, in: batch, resolver) }
        var scopes: [OTLPBatch.ByteRange.Key: String] = [:]
        var sightings: [Sighting] = []
        sightings.reserveCapacity(batch.spans.count)
        for span in batch.spans {
            let key = SpanKey(trace: span.trace, span: span.span)
            // Facts are in the order of the batch; a span without one plays no part.
            let fact = facts.first.flatMap { $0.key == key && $0.start == span.start ? facts.removeFirst() : nil }
            guard time.contains(span.start) else { continue }
            let scope = Self.scope(of: span, in: batch, &scopes)
            sightings.append(sighting(of: span, fact, resources[span.resource], scope, in: batch))
        }
        return sightings
    }

    private mutating func sighting(
        of span: OTLPBatch.SpanView, _ fact: SpanFact?, _ resource: Resource, _ scope: String, in batch: OTLPBatch
    ) -> Sighting {
        let attributes = SpanAttributes(span, in: batch)
        var signs = attributes.signs
        if resource.isSampled { signs.insert(.isSampled) }
        if resource.isUnnamed { signs.insert(.isUnnamed) }
        if span.end < span.start { signs.insert(.runsBackwards) }
        let role = fact?.reading.role ?? .other
        if role == .publish || role.consumes, fact?.reading.channel.isEmpty != false { signs.insert(.hasNoChannel) }
        let traits = SpanTraits(
            service: resource.service, scope: scope, kind: span.kind, role: role, system: fact?.reading.system ?? "",
            signs: signs, generation: fact?.reading.generation ?? .none)
        return Sighting(
            key: SpanKey(trace: span.trace, span: span.span), parent: span.parent, start: span.start, end: span.end,
            isError: span.status == .error, service: number(ofService: resource.service),
            traits: number(of: traits), fact: fact, target: role == .client ? attributes.target : 0)
    }

    /// What a resource says, in the catalog's name of its service.
    private struct Resource {
        var service: String
        var isUnnamed: Bool
        var isSampled: Bool

        init(_ view: OTLPBatch.ResourceView, in batch: OTLPBatch, _ resolver: NameResolver) {
            var name = ""
            if case .string(let range)? = batch.value(of: "service.name", in: view.attributes) {
                name = batch.string(range)
            }
            isUnnamed = name.isEmpty || name.hasPrefix("unknown_service")
            service = resolver.service(name.isEmpty ? "unknown_service" : name)
            isSampled =
                batch.value(of: "sampler.type", in: view.attributes).map { value in
                    guard case .string(let range) = value else { return false }
                    return batch.string(range) != "const"
                } ?? false
        }
    }

    private static func scope(
        of span: OTLPBatch.SpanView, in batch: OTLPBatch, _ known: inout [OTLPBatch.ByteRange.Key: String]
    ) -> String {
        let key = OTLPBatch.ByteRange.Key(name: span.scopeName.offset, version: span.scopeVersion.offset)
        if let scope = known[key] { return scope }
        let version = batch.string(span.scopeVersion)
        let scope = batch.string(span.scopeName) + (version.isEmpty ? "" : " " + version)
        known[key] = scope
        return scope
    }

    private mutating func number(ofService name: String) -> Int32 {
        if let number = serviceNumbers[name] { return number }
        guard services.count < Self.maximumTraits else { return Int32(services.count - 1) }
        services.append(name)
        serviceNumbers[name] = Int32(services.count - 1)
        return Int32(services.count - 1)
    }

    private mutating func number(of value: SpanTraits) -> Int32 {
        if let number = traitNumbers[value] { return number }
        guard traits.count < Self.maximumTraits else { return Int32(traits.count - 1) }
        traits.append(value)
        traitNumbers[value] = Int32(traits.count - 1)
        return Int32(traits.count - 1)
    }
}

extension OTLPBatch.ByteRange {
    /// Where a scope's name and version stand in a request: the same places are the same scope.
    fileprivate struct Key: Hashable {
        var name: UInt32
        var version: UInt32
    }
}
