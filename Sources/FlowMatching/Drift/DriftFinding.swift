public import OTLPCoding
public import SourceDiagnostics
import TraceModel

/// What a drift rule has to say: the finding, what it is about, and where it was seen.
public struct DriftFinding: Sendable, Equatable {
    public var diagnostic: Diagnostic
    public var subject: DriftSubject
    public var sightings: Sightings

    public init(_ diagnostic: Diagnostic, about subject: DriftSubject, seen sightings: Sightings = Sightings()) {
        self.diagnostic = diagnostic
        self.subject = subject
        self.sightings = sightings
    }
}

/// The part of the system that a finding is about, in the catalog's names.
public enum DriftSubject: Sendable, Equatable {
    case channel(String)
    case edge(EdgeEnds)
    case service(String)

    /// Whether an edge is part of what the finding says: with an undocumented channel all who use it, with the consumer
    /// of a queue the routes that lead there.
    public func covers(_ edge: FlowEdge) -> Bool {
        let ends = EdgeEnds(edge)
        switch self {
        case .edge(let own):
            if ends == own { return true }
            return own.kind == .consumes && ends.kind == .delivers && ends.to == own.from
        case .channel(let name):
            switch ends.kind {
            case .publishes: return ends.to == name
            case .consumes: return ends.from == name
            case .delivers: return ends.from == name || ends.to == name
            case .calls: return false
            }
        case .service(let name):
            switch ends.kind {
            case .publishes: return ends.from == name
            case .consumes: return ends.to == name
            case .delivers: return false
            case .calls: return ends.from == name || ends.to == name
            }
        }
    }
}

/// How often something was seen, from when to when, and conversations to look at.
public struct Sightings: Sendable, Equatable {
    /// Messages, calls or requests; zero for what was not seen.
    public var count = 0
    /// Nanoseconds since the Unix epoch; zero for never.
    public var firstSeen: UInt64 = 0
    public var lastSeen: UInt64 = 0
    /// Traces of conversations, newest first; `Examples.maximum` of them at the most.
    public var traces: [TraceID] = []

    public init() {}

    public init(count: Int, firstSeen: UInt64, lastSeen: UInt64, traces: [TraceID] = []) {
        self.count = count
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.traces = traces
    }

    init(_ examples: Examples) {
        self.init(
            count: examples.count, firstSeen: examples.firstSeen, lastSeen: examples.lastSeen,
            traces: examples.traces)
    }

    init(_ figures: EdgeFigures, _ examples: Examples?) {
        self.init(
            count: figures.count, firstSeen: figures.firstSeen, lastSeen: figures.lastSeen,
            traces: examples?.traces ?? [])
    }
}
