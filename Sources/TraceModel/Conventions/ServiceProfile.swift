public import OTLPCoding

/// How one instrumentation of one service speaks: which generation of the conventions, in which kinds of spans.
public struct ServiceProfile: Sendable, Equatable {
    public var service: String
    /// The instrumentation scope; empty where it has no name.
    public var scope: String
    public var kind: SpanKind
    public var role: SpanRole
    public var generation: ConventionGeneration
    public var figures: Figures

    /// Counts of received spans; a span that was sent twice counts twice here.
    public struct Figures: Sendable, Equatable {
        public var spans = 0
        /// Spans with a parent or a link: they carry a context that somebody handed on.
        public var withContext = 0
        /// Start of the earliest span, in nanoseconds since the Unix epoch.
        public var firstSeen: UInt64 = .max
        /// Start of the latest span, in nanoseconds since the Unix epoch.
        public var lastSeen: UInt64 = 0

        public init() {}

        mutating func count(_ span: OTLPBatch.SpanView) {
            spans += 1
            if !span.parent.isZero || !span.links.isEmpty { withContext += 1 }
            firstSeen = min(firstSeen, span.start)
            lastSeen = max(lastSeen, span.start)
        }

        public mutating func add(_ other: Figures) {
            spans &+= other.spans
            withContext &+= other.withContext
            firstSeen = min(firstSeen, other.firstSeen)
            lastSeen = max(lastSeen, other.lastSeen)
        }
    }

    public init(
        service: String, scope: String, kind: SpanKind, role: SpanRole, generation: ConventionGeneration,
        figures: Figures
    ) {
        self.service = service
        self.scope = scope
        self.kind = kind
        self.role = role
        self.generation = generation
        self.figures = figures
    }
}

/// Adds up the profiles of one batch, without a string for each span.
struct ProfileTally {
    private struct Key: Hashable {
        var resource: Int
        var scope: UInt32
        var kind: SpanKind
        var role: SpanRole
        var generation: ConventionGeneration
    }

    private var indices: [Key: Int] = [:]
    private var entries: [(key: Key, scope: OTLPBatch.ByteRange, figures: ServiceProfile.Figures)] = []
    /// For each kind of span, the entry that the last one went to.
    private var newest = Array(repeating: 0, count: SpanKind.allCases.count)

    mutating func add(_ span: OTLPBatch.SpanView, _ reading: SpanReading) {
        let key = Key(
            resource: span.resource, scope: span.scopeName.offset, kind: span.kind, role: reading.role,
            generation: reading.generation)
        // Spans of one kind mostly have the key of the last one.
        let kind = Int(span.kind.rawValue)
        if entries.isEmpty || entries[newest[kind]].key != key { newest[kind] = index(of: key, span.scopeName) }
        entries[newest[kind]].figures.count(span)
    }

    private mutating func index(of key: Key, _ scope: OTLPBatch.ByteRange) -> Int {
        if let index = indices[key] { return index }
        indices[key] = entries.count
        entries.append((key, scope, ServiceProfile.Figures()))
        return entries.count - 1
    }

    func profiles(in batch: OTLPBatch, services: (Int) -> String) -> [ServiceProfile] {
        entries.map { entry in
            ServiceProfile(
                service: services(entry.key.resource), scope: batch.string(entry.scope), kind: entry.key.kind,
                role: entry.key.role, generation: entry.key.generation, figures: entry.figures)
        }
    }
}
