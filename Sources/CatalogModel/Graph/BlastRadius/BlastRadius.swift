public import SourceDiagnostics

/// What happens when a service, a channel, a broker or a flow stops: who fails at once, who only waits, which flows
/// stop and where, and whom to ask.
///
/// It says what the catalog says: every entry has the way that leads to it, with the places of its edges.
///
/// ```
/// let radius = BlastRadius(of: CatalogNode(.service, "payment"), in: CatalogGraph(catalog))
/// radius.failing.map(\.service)   // ["order", "booking-app", …]: callers, theirs, and so on
/// ```
public struct BlastRadius: Sendable, Equatable {
    /// What stops.
    public var origin: CatalogNode
    /// Services that wait for an answer which does not come, worst first, then nearest, then by name. Those that a
    /// fallback, a circuit breaker or deferred work protects are among them, with the milder effect.
    public var failing: [ServiceImpact] = []
    /// Services that get no messages meanwhile, those that lose some first, then nearest, then by name. A service that
    /// fails is not among them.
    public var waiting: [ServiceImpact] = []
    /// Where messages pile up, or are lost, on the way to or from what stops.
    public var backlog: [Backlog] = []
    /// Channels to which nothing, or less, is published meanwhile, by name.
    public var channels: [ChannelImpact] = []
    /// Flows that stop, lose something or are late, worst first, then by name.
    public var flows: [FlowImpact] = []
    /// Whom to ask: first who owns what stops, then by how bad it is for what they own.
    public var owners: [OwnerImpact] = []
    /// How each impact came about; see ``path(to:)``.
    var trail: [Trail] = []

    /// What becomes of a service or a flow, worst first.
    public enum Effect: String, Sendable, Hashable, CaseIterable, Comparable {
        /// It needs an answer that does not come.
        case fails
        /// The same, but a circuit breaker lets it fail without waiting.
        case failsFast = "fails-fast"
        /// Messages do not come, and what was under way is lost: something on the way may lose messages.
        case loses
        /// Messages do not come until all is well again; none is lost.
        case waits
        /// It goes on with its fallback.
        case degrades
        /// It goes on; work that nobody needs at once is put off.
        case defers

        public static func < (left: Effect, right: Effect) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .fails: 0
            case .failsFast: 1
            case .loses: 2
            case .waits: 3
            case .degrades: 4
            case .defers: 5
            }
        }

        /// Whether it passes on to those who call, or hear from, who is affected so.
        public var spreads: Bool { self < .degrades }

        /// As a sentence says it of a service: `fails fast`.
        public var words: String {
            switch self {
            case .fails: "fails"
            case .failsFast: "fails fast"
            case .loses: "loses messages"
            case .waits: "waits"
            case .degrades: "uses its fallback"
            case .defers: "puts work off"
            }
        }
    }

    /// One service that is affected.
    public struct ServiceImpact: Sendable, Equatable {
        public var service: String
        public var effect: Effect
        /// The edges from who passed it on to this service: one call, or publishing, delivering and consuming.
        public var links: [Link]
        /// Other services, not affected, that send to the same channel: what still comes.
        public var stillFrom: [String] = []
        /// How many edges lie between what stops and this service.
        public var distance: Int
        var step: Int

        /// Who passed it on: what stops, or another affected service.
        public var cause: CatalogNode? { links.first?.from }
    }

    /// One edge on the way, in the direction in which the damage goes.
    public struct Link: Sendable, Equatable {
        public enum Kind: String, Sendable, CaseIterable {
            case calls, polls, awaitsReply = "awaits-reply", publishes, delivers, consumes, runsOn = "runs-on"
            case takesPart = "takes-part"
        }

        public var kind: Kind
        public var from: CatalogNode
        public var to: CatalogNode
        /// Where the catalog says so.
        public var span: SourceSpan
        /// What matters of it: protocol, operation, what happens on failure; empty where nothing does.
        public var detail = ""
    }

    struct Trail: Sendable, Equatable {
        var links: [Link]
        var previous: Int?
    }

    /// The edges from what stops to the service, nearest to what stops first; of a longer way only the last ones.
    /// - Complexity: O(edges given).
    public func path(to impact: ServiceImpact, last limit: Int = .max) -> [Link] {
        var parts: [[Link]] = []
        var count = 0
        var next: Int? = impact.step
        while let step = next, trail.indices.contains(step), count < limit {
            parts.append(trail[step].links)
            count += trail[step].links.count
            next = trail[step].previous
        }
        return Array(parts.reversed().joined().suffix(limit))
    }

    /// The edges of the ways to all of these, each once.
    /// - Complexity: O(edges given).
    public func links(to impacts: [ServiceImpact]) -> [Link] {
        var seen: Set<Int> = []
        return impacts.flatMap { impact -> [Link] in
            var parts: [[Link]] = []
            var next: Int? = impact.step
            while let step = next, trail.indices.contains(step), seen.insert(step).inserted {
                parts.append(trail[step].links)
                next = trail[step].previous
            }
            return parts.reversed().flatMap(\.self)
        }
    }

    public init(origin: CatalogNode) { self.origin = origin }
}

extension BlastRadius.Link {
    /// `'order' calls 'payment' (grpc booking.Payment/Charge)`
    public var sentence: String {
        let words =
            switch kind {
            case .calls: "'\(to.name)' calls '\(from.name)'"
            case .polls: "'\(to.name)' polls '\(from.name)'"
            case .awaitsReply: "'\(to.name)' awaits a reply on '\(from.name)'"
            case .publishes:
                from.kind == .service
                    ? "'\(from.name)' publishes to '\(to.name)'" : "'\(to.name)' publishes to '\(from.name)'"
            case .delivers: "'\(from.name)' delivers to '\(to.name)'"
            case .consumes: "'\(to.name)' subscribes to '\(from.name)'"
            case .runsOn: "'\(to.name)' runs on '\(from.name)'"
            case .takesPart: "'\(from.name)' has a step of '\(to.name)'"
            }
        return detail.isEmpty ? words : "\(words) (\(detail))"
    }
}
