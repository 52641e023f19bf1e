public import OTLPCoding

/// Reads spans by the conventions table: what each one is to the event flow.
///
/// A value type with scratch space: make one per thread and keep it.
public struct SpanReader: Sendable {
    private let index: AttributeIndex
    let rows: [ConventionTable.Row]
    /// For each fact, its rows, newest first.
    let rowsOfFact: [[Int]]
    /// For each row, the bit of its fact.
    private let bits: [UInt32]
    /// For each row, the minor versions that introduced and replaced it, or zero.
    private let versions: [(since: UInt8, until: UInt8)]
    /// For each row, the attribute of the current span that carries it, or -1.
    var carried: [Int]
    /// The rows that are carried, and what they are about: one bit for each fact.
    private var touched: [Int] = []
    private var facts: UInt32 = 0

    /// - Parameter correlationAttributes: Attributes that carry the correlation ID, strongest first; they come before
    ///   the well-known ones.
    public init(correlationAttributes: [String] = []) {
        let custom = correlationAttributes.map {
            ConventionTable.Row(.conversation, $0, of: "the catalog")
        }
        let names = Set(correlationAttributes)
        let rows = custom + ConventionTable.rows.filter { $0.fact != .conversation || !names.contains($0.attribute) }
        self.rows = rows
        index = AttributeIndex(rows.map(\.attribute))
        carried = Array(repeating: -1, count: rows.count)
        versions = rows.map { row in
            guard case .conventions(let since) = row.origin else { return (0, 0) }
            return (since.minor, row.until?.minor ?? 0)
        }
        bits = rows.map(\.fact.bit)
        rowsOfFact = ConventionFact.allCases.map { fact in rows.indices.filter { rows[$0].fact == fact } }
    }

    /// What a store keeps of a batch beside its bytes.
    public struct Digest: Sendable {
        /// The facts of the spans that take part in the event flow.
        public var facts = FactBatch()
        /// The correlation IDs that spans of the batch carry, some of them several times.
        public var correlations: [JoinKey] = []
        /// How the services of the batch speak.
        public var profiles: [ServiceProfile] = []
    }

    /// Reads a whole batch.
    public mutating func digest(_ batch: OTLPBatch) -> Digest {
        var digest = Digest()
        var profiles = ProfileTally()
        var correlation = ""
        let resources = forEach(in: batch) { span, reading, fact in
            profiles.add(span, reading)
            if !reading.correlationID.isEmpty, reading.correlationID != correlation {
                correlation = reading.correlationID
                digest.correlations.append(JoinKey("correlation", correlation))
            }
            if let fact { digest.facts.add(fact) }
        }
        digest.profiles = profiles.profiles(in: batch) { resources[$0].service }
        return digest
    }

    /// The facts of the spans that take part in the event flow, in the order of the batch.
    public mutating func facts(of batch: OTLPBatch) -> [SpanFact] {
        var facts: [SpanFact] = []
        facts.reserveCapacity(batch.spans.count)
        _ = forEach(in: batch) { _, _, fact in
            if let fact { facts.append(fact) }
        }
        return facts
    }

    /// Reads span after span; gives the resources.
    private mutating func forEach(
        in batch: OTLPBatch, _ body: (OTLPBatch.SpanView, SpanReading, SpanFact?) -> Void
    ) -> [ResourceReading] {
        let resources = resourceReadings(of: batch)
        // Spans of one scope follow each other.
        var scope = (range: OTLPBatch.ByteRange.empty, text: "")
        for span in batch.spans {
            let resource = resources[span.resource]
            let reading = read(span, in: batch, resource: resource)
            guard reading.role != .other else {
                body(span, reading, nil)
                continue
            }
            if span.scopeName != scope.range { scope = (span.scopeName, batch.string(span.scopeName)) }
            let fact = SpanFact(
                key: SpanKey(trace: span.trace, span: span.span), parent: span.parent, service: resource.service,
                scope: scope.text, reading: reading,
                links: batch.links[span.links].prefix(SpanFact.maximumLinks).map {
                    SpanKey(trace: $0.trace, span: $0.span)
                },
                start: span.start, end: span.end, isError: span.status == .error)
            body(span, reading, fact)
        }
        return resources
    }

    /// All spans of the batch, with everything about them.
    public mutating func spans(in batch: OTLPBatch) -> [Span] { read(batch).spans { _, _ in true } }

    /// Reads every span of a batch, without making it a span yet.
    public mutating func read(_ batch: OTLPBatch) -> ReadBatch {
        let resources = resourceReadings(of: batch)
        return ReadBatch(
            batch: batch, services: resources.map(\.service),
            readings: batch.spans.map { read($0, in: batch, resource: resources[$0.resource]) })
    }

    // MARK: - Resources

    struct ResourceReading {
        var service: String
        var correlationID: String
    }

    private mutating func resourceReadings(of batch: OTLPBatch) -> [ResourceReading] {
        batch.resources.map { resource in
            collect(resource.attributes, in: batch)
            let service = text(.serviceName, in: batch)
            return ResourceReading(
                service: service.isEmpty ? "unknown_service" : service, correlationID: text(.conversation, in: batch))
        }
    }

    // MARK: - Spans

    /// On a link, or the resource. Reads other attributes, so the span's own facts must have been taken before.
    private mutating func inheritedCorrelation(
        of span: OTLPBatch.SpanView, in batch: OTLPBatch, resource: ResourceReading
    ) -> String {
        for link in batch.links[span.links] where !link.attributes.isEmpty {
            collect(link.attributes, in: batch)
            let value = text(.conversation, in: batch)
            if !value.isEmpty { return value }
        }
        return resource.correlationID
    }

    private mutating func read(
        _ span: OTLPBatch.SpanView, in batch: OTLPBatch, resource: ResourceReading
    ) -> SpanReading {
        collect(span.attributes, in: batch)
        var reading = SpanReading()
        reading.correlationID = text(.conversation, in: batch)
        reading.generation = generation
        if isMessaging(in: batch) {
            readMessaging(span, in: batch, into: &reading)
        } else {
            readCall(span, in: batch, into: &reading)
        }
        if reading.correlationID.isEmpty {
            reading.correlationID = inheritedCorrelation(of: span, in: batch, resource: resource)
        }
        return reading
    }

    // MARK: - Attributes of the current span

    private mutating func collect(_ attributes: Range<Int>, in batch: OTLPBatch) {
        for row in touched { carried[row] = -1 }
        touched.removeAll(keepingCapacity: true)
        facts = 0
        batch.bytes.withUnsafeBytes { bytes in
            for attribute in attributes {
                let key = batch.attributes[attribute].key
                let keyBytes = UnsafeRawBufferPointer(rebasing: bytes[Int(key.offset)..<Int(key.offset + key.count)])
                guard let row = index.row(of: keyBytes) else { continue }
                carried[row] = attribute
                touched.append(row)
                facts |= bits[row]
            }
        }
    }

    /// The span's own attributes as a generation of the conventions; those of every generation alike say nothing.
    private var generation: ConventionGeneration {
        var generation = ConventionGeneration.none
        for row in touched where versions[row].since > 0 {
            generation.narrow(since: versions[row].since, until: versions[row].until)
        }
        return generation
    }

    func has(_ fact: ConventionFact) -> Bool { facts & fact.bit != 0 }

    /// The value of the newest attribute that is there and says something; empty otherwise.
    func text(_ fact: ConventionFact, in batch: OTLPBatch) -> String {
        guard has(fact) else { return "" }
        for row in rowsOfFact[fact.rawValue] where carried[row] >= 0 {
            let value = batch.text(batch.attributes[carried[row]].value)
            if !value.isEmpty { return value }
        }
        return ""
    }

    /// The value as a number; zero where there is none.
    func number(_ fact: ConventionFact, in batch: OTLPBatch) -> Int {
        guard has(fact) else { return 0 }
        for row in rowsOfFact[fact.rawValue] where carried[row] >= 0 {
            switch batch.attributes[carried[row]].value {
            case .int(let number): return Int(clamping: number)
            case .string(let range): return Int(batch.string(range)) ?? 0
            default: break
            }
        }
        return 0
    }

    func flag(_ fact: ConventionFact, in batch: OTLPBatch) -> Bool {
        guard has(fact) else { return false }
        return rowsOfFact[fact.rawValue].contains { row in
            guard carried[row] >= 0, case .bool(true) = batch.attributes[carried[row]].value else { return false }
            return true
        }
    }
}
