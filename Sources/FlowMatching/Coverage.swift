public import SourceDiagnostics
public import TraceModel

/// How much of what is documented was seen.
public struct Coverage: Sendable, Equatable {
    /// One documented edge.
    public struct Edge: Sendable, Equatable {
        public var kind: EdgeKind
        public var from: String
        public var to: String
        /// Where the catalog says so.
        public var span: SourceSpan?
        public var isSeen: Bool
    }

    /// Every documented edge once, by kind and ends.
    public var edges: [Edge]

    public init(_ graph: FlowGraph) {
        edges = MergedEdge.all(of: graph).filter(\.isDocumented).map {
            Edge(kind: $0.ends.kind, from: $0.ends.from, to: $0.ends.to, span: $0.span, isSeen: $0.isObserved)
        }
    }

    public var seen: Int { edges.count { $0.isSeen } }

    /// Percent of documented edges that were seen, rounded down so that 100 means all; 100 where none is documented.
    public var percent: Int { edges.isEmpty ? 100 : seen * 100 / edges.count }

    public func edges(of kind: EdgeKind) -> [Edge] { edges.filter { $0.kind == kind } }

    public var unseen: [Edge] { edges.filter { !$0.isSeen } }
}

extension Coverage.Edge {
    /// `order publishes to order.completed`
    public var sentence: String {
        switch kind {
        case .calls: "\(from) calls \(to)"
        case .consumes: "\(to) subscribes to \(from)"
        case .delivers: "\(from) delivers to \(to)"
        case .publishes: "\(from) publishes to \(to)"
        }
    }
}
