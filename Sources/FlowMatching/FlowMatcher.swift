public import CatalogModel
import OTLPCoding
public import TraceModel

/// How far a conversation has come in a flow of the catalog.
public struct FlowMatch: Sendable, Equatable {
    public var flow: String
    /// One for each step of the flow: whether the conversation shows it.
    public var isSeen: [Bool]
    /// Steps that are not optional and were not seen, in the order of the flow.
    public var missing: [FlowEvent] = []
    /// What the conversation shows and no step of the flow names, in the order of time, each once.
    public var unexpected: [FlowEvent] = []

    /// Steps seen.
    public var seen: Int { isSeen.count { $0 } }
}

/// Finds which flow a conversation is, and what it still waits for.
public struct FlowMatcher: Sendable {
    /// A message that a subscriber usually handles is late after so many nanoseconds.
    public static let patience: UInt64 = 30_000_000_000
    /// A span that another names as its parent may still come for so many nanoseconds after the last one ended:
    /// exporters send every five seconds by default, and a parent ends after its children.
    static let exportTime: UInt64 = 10_000_000_000

    private let catalog: Catalog
    private let resolver: NameResolver
    private let reach: ChannelReach
    /// Documented subscribers that have been seen at work, by channel.
    private let subscribers: [String: Set<String>]

    public init(catalog: Catalog, graph: FlowGraph) {
        self.catalog = catalog
        resolver = NameResolver(catalog)
        reach = ChannelReach(graph.edges)
        var subscribers: [String: Set<String>] = [:]
        for edge in graph.edges where edge.kind == .consumes && edge.isDocumented && edge.isObserved {
            subscribers[edge.from, default: []].insert(edge.to)
        }
        self.subscribers = subscribers
    }

    /// The flow of which the conversation shows most; nil when it shows less than a third of any.
    public func progress(of conversation: Conversation) -> FlowMatch? {
        let events = Set(conversation.hops.flatMap(events))
        return catalog.flows.compactMap { flow -> FlowMatch? in
            let isSeen = flow.steps.map { step in
                let services = [step.service.value]
                switch step.action {
                case .calls: return events.contains(FlowEvent(.calls, services[0], step.target.value))
                case .publishes: return events.contains(FlowEvent(.publishes, services[0], step.target.value))
                case .handles:
                    return reach[step.target.value].contains {
                        events.contains(FlowEvent(.handles, services[0], $0))
                    }
                }
            }
            var progress = FlowMatch(flow: flow.name, isSeen: isSeen)
            progress.missing = zip(flow.steps, isSeen).filter { !$0.isOptional && !$1 }.map { FlowEvent($0.0) }
            let required = flow.steps.count { !$0.isOptional }
            return progress.seen > 0 && progress.seen * 3 >= required ? progress : nil
        }.max { left, right in
            let shares = (left.share, right.share)
            return shares.0 != shares.1 ? shares.0 < shares.1 : left.flow > right.flow
        }.map { match in
            var match = match
            match.unexpected = unexpected(in: conversation, of: match.flow)
            return match
        }
    }

    private func unexpected(in conversation: Conversation, of name: String) -> [FlowEvent] {
        guard let flow = catalog.flows.first(where: { $0.name == name }) else { return [] }
        var named = Set(flow.steps.map { FlowEvent($0) })
        for step in flow.steps where step.action == .handles {
            for channel in reach[step.target.value] {
                named.insert(FlowEvent(.handles, step.service.value, channel))
            }
        }
        return conversation.hops.flatMap(events).filter { named.insert($0).inserted }
    }

    /// The conversation's state, with what the catalog expects of it: a published message that a subscriber of its
    /// channel usually handles, and has not handled in this conversation, is waited for. So is, for a moment, the parent
    /// of a span in its own service.
    public func state(of conversation: Conversation, now: UInt64) -> ConversationState {
        guard conversation.state != .failed else { return .failed }
        let handled = Set(conversation.hops.flatMap(events).filter { $0.action == .handles })
        var isWaiting = false
        var isLate = false
        for hop in conversation.hops where hop.kind == .publishes {
            let channels = reach[resolver.channel(hop.to)]
            for channel in channels {
                for service in subscribers[channel] ?? [] where !handled.contains(FlowEvent(.handles, service, channel))
                {
                    isWaiting = true
                    isLate = isLate || now > hop.time &+ Self.patience
                }
            }
        }
        if isLate { return .stalled }
        if conversation.state == .duplicated { return .duplicated }
        let isFresh = now >= conversation.end && now - conversation.end < Self.exportTime
        return isWaiting || isFresh && conversation.lacksParent ? .inProgress : .complete
    }

    private func events(of hop: Hop) -> [FlowEvent] {
        switch hop.kind {
        case .calls: [FlowEvent(.calls, resolver.service(hop.from ?? ""), resolver.service(hop.to))]
        case .publishes: [FlowEvent(.publishes, resolver.service(hop.from ?? ""), resolver.channel(hop.to))]
        case .consumes: [FlowEvent(.handles, resolver.service(hop.to), resolver.channel(hop.channel ?? ""))]
        case .delivers: []
        }
    }
}

extension Conversation {
    /// Whether a span names a parent that is not there and must come: one of the same service. What began a server's or a
    /// consumer's span may be without instrumentation, or a receive that belongs to no conversation.
    fileprivate var lacksParent: Bool {
        let known = Set(spans.map { SpanKey(trace: $0.trace, span: $0.id) })
        return spans.contains {
            $0.kind != .server && $0.kind != .consumer && !$0.parent.isZero
                && !known.contains(SpanKey(trace: $0.trace, span: $0.parent))
        }
    }
}

extension FlowMatch {
    fileprivate var share: Double { isSeen.isEmpty ? 0 : Double(seen) / Double(isSeen.count) }
}

/// The routes of a catalog, in the names that spans show.
public func channelRoutes(of catalog: Catalog) -> ChannelRoutes {
    let resolver = NameResolver(catalog)
    var routes = ChannelRoutes()
    for channel in catalog.channels {
        for route in channel.deliversTo {
            guard let target = catalog.channel(named: route.channel.value) else { continue }
            for source in resolver.telemetryNames(of: channel) {
                for name in resolver.telemetryNames(of: target) { routes.add(from: source, to: name) }
            }
        }
    }
    return routes
}
