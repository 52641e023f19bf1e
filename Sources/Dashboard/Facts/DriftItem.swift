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
    /// A channel or service stands by itself only when no edge speaks of it. Temporary reply channels are not drift, and
    /// neither are dead-letter channels that stay empty.
    static func all(in facts: SystemFacts) -> [DriftItem] {
        let graph = facts.graph
        let isDrift = { (edge: FlowEdge) in !edge.isTemporary && edge.difference != nil }
        var undocumented: [DriftItem] = []
        var unobserved: [DriftItem] = []
        func add(_ difference: Difference?, _ subject: Subject) {
            switch difference {
            case .undocumented: undocumented.append(DriftItem(difference: .undocumented, subject: subject))
            case .unobserved: unobserved.append(DriftItem(difference: .unobserved, subject: subject))
            case nil: break
            }
        }
        for edge in graph.edges where isDrift(edge) { add(edge.difference, .edge(edge)) }
        for (number, channel) in graph.channels.enumerated() where channel.difference != nil && !channel.isTemporary {
            if channel.difference == .unobserved, facts.deadLetters.isTarget(channel.name) { continue }
            if !facts.hasEdge(ofChannel: number, where: isDrift) { add(channel.difference, .channel(channel)) }
        }
        for (number, service) in graph.services.enumerated() where service.difference != nil {
            if !facts.hasEdge(ofService: number, where: isDrift) { add(service.difference, .service(service)) }
        }
        return undocumented + unobserved
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
