public import CatalogModel
public import SourceDiagnostics
public import TraceModel

/// The documented and the observed system as one graph, in the catalog's names.
public struct FlowGraph: Sendable, Equatable {
    /// Every edge once, sorted by kind, ends, system and group.
    public var edges: [FlowEdge] = []
    /// Every channel, documented or only observed, sorted by name.
    public var channels: [ChannelNode] = []
    /// Every service, documented or only observed, sorted by name.
    public var services: [ServiceNode] = []

    public init() {}

    /// Who publishes to a channel: edges of kind `publishes`, and `delivers` into it.
    public func inbound(to channel: String) -> [FlowEdge] {
        edges(.publishes, to: channel) + edges(.delivers, to: channel)
    }

    /// Who takes from a channel: edges of kind `consumes`, and `delivers` out of it.
    public func outbound(from channel: String) -> [FlowEdge] {
        edges(.consumes, from: channel) + edges(.delivers, from: channel)
    }

    /// Services that publish to the channel.
    public func publishers(of channel: String) -> [FlowEdge] { edges(.publishes, to: channel) }

    /// Services that handle the channel's messages themselves, and those that do so behind its routes.
    public func subscribers(of channel: String) -> [FlowEdge] {
        edges(.consumes, from: channel) + edges(.delivers, from: channel).flatMap { edges(.consumes, from: $0.to) }
    }

    /// All edges that leave or enter a service.
    public func edges(ofService name: String) -> [FlowEdge] {
        edges.filter {
            switch $0.kind {
            case .publishes: $0.from == name
            case .consumes: $0.to == name
            case .calls: $0.from == name || $0.to == name
            case .delivers: false
            }
        }
    }

    func edges(_ kind: EdgeKind, from: String) -> [FlowEdge] { edges.filter { $0.kind == kind && $0.from == from } }
    func edges(_ kind: EdgeKind, to: String) -> [FlowEdge] { edges.filter { $0.kind == kind && $0.to == to } }
}

/// One edge, documented, observed or both.
public struct FlowEdge: Sendable, Equatable {
    public var kind: EdgeKind
    public var from: String
    public var to: String
    /// The messaging system; for calls the protocol.
    public var system: String
    /// The consumer group, or empty.
    public var group: String
    /// The operation of a call, or empty.
    public var operation: String
    public var isDocumented: Bool
    public var isObserved: Bool
    public var isTemporary: Bool
    /// An undocumented call from a subscriber to a service that publishes what it subscribes to: a hidden synchronous
    /// dependency.
    public var isCallBack = false
    /// `publishes`, `consumes`, `calls`, `calls-back`, `delivers`: what JSON, tables and exports say.
    public var kindName: String { isCallBack ? "calls-back" : kind.rawValue }
    public var figures: EdgeFigures
    /// Where the catalog says so.
    public var span: SourceSpan?

    public init(
        kind: EdgeKind, from: String, to: String, system: String = "", group: String = "", operation: String = "",
        isDocumented: Bool = false, isObserved: Bool = false, isTemporary: Bool = false,
        figures: EdgeFigures = EdgeFigures(), span: SourceSpan? = nil
    ) {
        self.kind = kind
        self.from = from
        self.to = to
        self.system = system
        self.group = group
        self.operation = operation
        self.isDocumented = isDocumented
        self.isObserved = isObserved
        self.isTemporary = isTemporary
        self.figures = figures
        self.span = span
    }
}

/// A channel of the graph.
public struct ChannelNode: Sendable, Equatable {
    public var name: String
    public var title: String?
    /// `topic`, `queue`, or nil where only spans know it.
    public var kind: Channel.Kind?
    public var system: String
    /// The broker as the catalog names it, where that is not the system itself.
    public var broker: String?
    public var owner: String?
    public var domain: String?
    public var isDocumented: Bool
    public var isObserved: Bool
    public var isTemporary: Bool

    public init(
        name: String, title: String? = nil, kind: Channel.Kind? = nil, system: String = "", broker: String? = nil,
        owner: String? = nil, domain: String? = nil,
        isDocumented: Bool = false, isObserved: Bool = false, isTemporary: Bool = false
    ) {
        self.name = name
        self.title = title
        self.kind = kind
        self.system = system
        self.broker = broker
        self.owner = owner
        self.domain = domain
        self.isDocumented = isDocumented
        self.isObserved = isObserved
        self.isTemporary = isTemporary
    }
}

/// A service of the graph.
public struct ServiceNode: Sendable, Equatable {
    public var name: String
    public var title: String?
    public var kind: ServiceKind
    public var owner: String?
    public var domain: String?
    /// Where its source is kept, as the catalog says.
    public var repository: String?
    public var isDocumented: Bool
    public var isObserved: Bool

    public init(
        name: String, title: String? = nil, kind: ServiceKind = .service, owner: String? = nil,
        domain: String? = nil, repository: String? = nil, isDocumented: Bool = false, isObserved: Bool = false
    ) {
        self.name = name
        self.title = title
        self.kind = kind
        self.owner = owner
        self.domain = domain
        self.repository = repository
        self.isDocumented = isDocumented
        self.isObserved = isObserved
    }
}
