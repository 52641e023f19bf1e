import CatalogModel
import FlowMatching
import SourceDiagnostics
import TraceModel

/// One difference between the catalog and the spans, ready to act on.
struct DriftItem: Sendable, Equatable {
    enum Subject: Sendable, Equatable {
        case edge(FlowEdge)
        case channel(ChannelNode)
        case service(ServiceNode)
    }

    var difference: Difference
    var subject: Subject

    /// Every difference: the undocumented before the unobserved, edges before single nodes.
    ///
    /// A channel or service stands by itself only when no edge speaks of it. Temporary reply channels are not drift.
    static func all(in graph: FlowGraph) -> [DriftItem] {
        var items: [DriftItem] = []
        var told: Set<Node> = []
        for edge in graph.edges where !edge.isTemporary {
            guard let difference = edge.difference else { continue }
            let ends = edge.ends
            told.insert(ends.from)
            told.insert(ends.to)
            items.append(DriftItem(difference: difference, subject: .edge(edge)))
        }
        for channel in graph.channels where !channel.isTemporary && !told.contains(.channel(channel.name)) {
            guard let difference = channel.difference else { continue }
            items.append(DriftItem(difference: difference, subject: .channel(channel)))
        }
        for service in graph.services where !told.contains(.service(service.name)) {
            guard let difference = service.difference else { continue }
            items.append(DriftItem(difference: difference, subject: .service(service)))
        }
        return items.filter { $0.difference == .undocumented } + items.filter { $0.difference == .unobserved }
    }

    /// What kind of thing differs: `publishes`, `consumes`, `delivers`, `calls`, `channel`, `service`.
    var noun: String {
        switch subject {
        case .edge(let edge): edge.kind.rawValue
        case .channel: "channel"
        case .service: "service"
        }
    }

    /// `legacy-job publishes to audit.mystery`
    var sentence: String {
        switch subject {
        case .edge(let edge): edge.sentence
        case .channel(let channel): channel.name
        case .service(let service): service.name
        }
    }

    /// Where to stand to look at it.
    var node: Node {
        switch subject {
        case .edge(let edge): edge.kind == .publishes ? edge.ends.to : edge.ends.from
        case .channel(let channel): .channel(channel.name)
        case .service(let service): .service(service.name)
        }
    }

    var system: String {
        switch subject {
        case .edge(let edge): edge.system
        case .channel(let channel): channel.system
        case .service: ""
        }
    }

    var figures: EdgeFigures {
        if case .edge(let edge) = subject { edge.figures } else { EdgeFigures() }
    }

    /// Where the catalog says so.
    func place(in catalog: Catalog) -> SourceSpan? {
        switch subject {
        case .edge(let edge): edge.span
        case .channel(let channel): catalog.channel(named: channel.name)?.span
        case .service(let service): catalog.service(named: service.name)?.span
        }
    }

    /// The same item in the next snapshot.
    var key: String { "\(difference.words) \(noun) \(sentence) \(system)" }
}

extension FlowEdge {
    /// The places it leads between.
    var ends: (from: Node, to: Node) {
        switch kind {
        case .publishes: (.service(from), .channel(to))
        case .consumes: (.channel(from), .service(to))
        case .delivers: (.channel(from), .channel(to))
        case .calls: (.service(from), .service(to))
        }
    }

    /// The edge as one says it: `order publishes to order.completed`.
    var sentence: String {
        switch kind {
        case .publishes: "\(from) publishes to \(to)"
        case .consumes: "\(to) subscribes to \(from)" + (group.isEmpty || group == to ? "" : " as group \(group)")
        case .delivers: "\(from) delivers to \(to)"
        case .calls: "\(from) calls \(to)" + (operation.isEmpty ? "" : " \(operation)")
        }
    }
}
