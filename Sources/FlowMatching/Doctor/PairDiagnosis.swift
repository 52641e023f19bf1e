import CatalogModel
import SourceDiagnostics
import TraceModel

/// Why there is, or is not, an edge from one service to another: each condition, and what was seen of it.
public struct PairDiagnosis: Sendable, Equatable {
    public enum Outcome: String, Sendable { case good, bad }

    /// One condition of an edge.
    public struct Check: Sendable, Equatable {
        public var outcome: Outcome
        /// What was seen, as a sentence without a full stop.
        public var seen: String
        /// What to do about it; nil where nothing is to do.
        public var remedy: String?
    }

    public var from: String
    public var to: String
    /// In the order in which they build on each other.
    public var checks: [Check] = []
    /// The edges between the two that were observed.
    public var edges: [EdgeEnds] = []

    /// - Parameter lastSeen: When each service was last seen outside the window, in nanoseconds since the Unix epoch.
    public init(from: String, to: String, in drift: DriftContext, lastSeen: [String: UInt64] = [:]) {
        self.from = from
        self.to = to
        let facts = PairFacts(from, to, drift)
        edges = facts.edges
        let areSending = [from, to].map { checkSending($0, drift, lastSeen[$0]) }
        let publishes = checkPublishing(facts, drift)
        let consumes = checkConsuming(facts, drift)
        if areSending[0], areSending[1], publishes, consumes, checkChannels(facts, drift) { checkJoining(facts, drift) }
        if areSending[0] { checkCalls(facts, drift) }
    }

    private mutating func note(_ outcome: Outcome, _ seen: String, remedy: String? = nil) {
        checks.append(Check(outcome: outcome, seen: seen, remedy: remedy))
    }

    // MARK: - The conditions

    private mutating func checkSending(_ name: String, _ drift: DriftContext, _ lastSeen: UInt64?) -> Bool {
        if let seen = drift.evidence.services[name] {
            note(.good, "'\(name)' sends spans: \(seen.spans), \(seenText(seen.firstSeen, seen.lastSeen))")
            return true
        }
        if let lastSeen {
            note(
                .bad, "'\(name)' sent no spans in the window; the last ones came \(timestampText(lastSeen))",
                remedy: "look further back with --window all")
            return false
        }
        let isKnown = drift.catalog.service(named: name) != nil
        let similar = nearestName(to: name, among: drift.evidence.services.keys.sorted())
        note(
            .bad, "no spans came from a service of the name '\(name)'",
            remedy: similar.map {
                isKnown
                    ? "spans come from '\($0)': if that is it, add telemetry-names: [\($0)] to '\(name)'"
                    : "did you mean '\($0)'?"
            } ?? "is it instrumented, with OTEL_SERVICE_NAME=\(name) and its exporter pointed here?")
        return false
    }

    private mutating func checkPublishing(_ facts: PairFacts, _ drift: DriftContext) -> Bool {
        guard let seen = drift.evidence.services[from] else { return false }
        if !facts.published.isEmpty {
            note(.good, "'\(from)' publishes to \(namesText(facts.published))")
            return true
        }
        note(.bad, "no span of '\(from)' publishes to a channel" + Self.reason(seen), remedy: Self.remedy(seen))
        return false
    }

    private mutating func checkConsuming(_ facts: PairFacts, _ drift: DriftContext) -> Bool {
        guard let seen = drift.evidence.services[to] else { return false }
        if !facts.consumed.isEmpty {
            note(.good, "'\(to)' handles messages of \(namesText(facts.consumed))")
            return true
        }
        note(.bad, "no span of '\(to)' handles messages of a channel" + Self.reason(seen), remedy: Self.remedy(seen))
        return false
    }

    private static func reason(_ seen: ServiceEvidence) -> String {
        if seen.databaseMessaging > 0 {
            return ": \(seen.databaseMessaging) database spans move messages and name no channel"
        }
        if seen.bare > 0 { return ": \(seen.bare) producer or consumer spans have no messaging attributes" }
        if seen.clientFetches > 0 { return ": \(seen.clientFetches) fetches from SQS are plain client spans" }
        if seen.withoutChannel > 0 { return ": \(seen.withoutChannel) messaging spans name no channel" }
        return ": none of its \(seen.spans) spans has messaging attributes"
    }

    private static func remedy(_ seen: ServiceEvidence) -> String {
        let scopes = seen.scopes.keys.filter { !$0.isEmpty }.sorted().prefix(5).joined(separator: ", ")
        return "add the instrumentation of its messaging library" + (scopes.isEmpty ? "" : "; it has \(scopes)")
    }

    /// Whether a channel of the one leads to a channel of the other.
    private mutating func checkChannels(_ facts: PairFacts, _ drift: DriftContext) -> Bool {
        if !facts.shared.isEmpty {
            let ways = facts.shared.map { $0.from == $0.to ? "'\($0.from)'" : "'\($0.from)' → '\($0.to)'" }
            note(.good, "the channel is the same, or a route leads there: \(ways.joined(separator: ", "))")
            return true
        }
        let (published, consumed) = facts.likeliestPair
        let isQueueBehindTopic = facts.systems(of: published, drift) != facts.systems(of: consumed, drift)
        let route = "delivers-to: [\(consumed)] to '\(published)'"
        let alias = "telemetry-names: [\(consumed)] to '\(published)'"
        note(
            .bad,
            "the destination names differ: '\(from)' says '\(published)', '\(to)' says '\(consumed)', and no route "
                + "or joined message leads from one to the other",
            remedy: isQueueBehindTopic || drift.catalog.channel(named: consumed) != nil
                ? "if messages go from the one to the other, add \(route); if both are one channel, add \(alias)"
                : "if both are one channel, add \(alias); if messages go from the one to the other, add \(route)")
        return false
    }

    private mutating func checkJoining(_ facts: PairFacts, _ drift: DriftContext) {
        for way in facts.shared {
            guard let edge = drift.edge(.consumes, way.to, to) else { continue }
            let joined = edge.figures.joinedBy.values.reduce(0, +)
            if joined > 0 {
                let by = edge.figures.joinedBy.sorted { $0.key < $1.key }.map { "\($0.key.rawValue) \($0.value)" }
                note(
                    .good,
                    "\(joined) of \(edge.figures.deliveries) deliveries from '\(way.to)' lead to their publisher: "
                        + by.joined(separator: ", "))
                continue
            }
            let profile = drift.evidence.deliveries[edge.ends] ?? DeliveryProfile()
            let seen =
                profile.dangling > 0
                ? "\(profile.dangling) name a publisher's span that never came"
                : "they carry no link, no parent, and no message or correlation ID that a publisher's span has too"
            note(
                .bad, "none of \(edge.figures.deliveries) deliveries from '\(way.to)' leads to a publisher: \(seen)",
                remedy: "see 'flowglass drift --select broken-propagation' for the likely cause")
        }
    }

    private mutating func checkCalls(_ facts: PairFacts, _ drift: DriftContext) {
        if let call = drift.edge(.calls, from, to), call.isObserved {
            note(.good, "'\(from)' calls '\(to)': \(counted(call.figures.count, "time"))")
        } else if drift.edge(.calls, from, to) != nil {
            note(.bad, "no span shows the documented call from '\(from)' to '\(to)'")
        }
    }
}

/// What both services do, for a diagnosis.
private struct PairFacts {
    var published: [String]
    var consumed: [String]
    /// Pairs of a channel that the one publishes to and a channel that the other handles, where one leads to the other.
    var shared: [(from: String, to: String)] = []
    /// Observed edges that connect the two.
    var edges: [EdgeEnds] = []

    init(_ from: String, _ to: String, _ drift: DriftContext) {
        published = drift.edges.filter { $0.ends.kind == .publishes && $0.ends.from == from && $0.isObserved }.map(
            \.ends.to)
        consumed = drift.edges.filter { $0.ends.kind == .consumes && $0.ends.to == to && $0.isObserved }.map(
            \.ends.from)
        for channel in consumed {
            let sources = Set([channel] + drift.sources(of: channel))
            for source in published where sources.contains(source) { shared.append((source, channel)) }
        }
        for way in shared {
            let ends = EdgeEnds(.consumes, way.to, to)
            if (drift.evidence.deliveries[ends]?.publishers[from] ?? 0) > 0 { edges.append(ends) }
        }
        if let call = drift.edge(.calls, from, to), call.isObserved { edges.append(call.ends) }
    }

    func systems(of channel: String, _ drift: DriftContext) -> [String] {
        drift.edges.first {
            ($0.ends.kind == .publishes && $0.ends.to == channel)
                || ($0.ends.kind == .consumes && $0.ends.from == channel)
        }?
        .systems ?? []
    }

    /// The two names that look most alike: what the one publishes to, and what the other handles.
    var likeliestPair: (String, String) {
        for channel in consumed {
            if let similar = nearestName(to: channel, among: published) { return (similar, channel) }
        }
        let words = { (name: String) in Set(name.lowercased().split { !$0.isLetter && !$0.isNumber }) }
        let pairs = published.flatMap { from in consumed.map { (from, $0, words(from).intersection(words($0)).count) } }
        let best = pairs.max { $0.2 < $1.2 }
        return best.map { ($0.0, $0.1) } ?? (published[0], consumed[0])
    }
}
