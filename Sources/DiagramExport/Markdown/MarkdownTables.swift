import CatalogModel
import FlowMatching
import TraceModel

/// Tables of what a system has: each a list of one sort of thing.
enum MarkdownTableKind: String, CaseIterable, Sendable {
    case services, channels, topics, queues, messages, flows, calls, edges
}

struct MarkdownTables {
    let facts: SystemFacts
    let links: MarkdownLinks

    /// Which rows a table has; nil takes all.
    struct Filter: Sendable {
        var domain: String?
        var owner: String?

        func takes(domain: String?, owner: String?) -> Bool {
            (self.domain == nil || self.domain == domain) && (self.owner == nil || self.owner == owner)
        }
    }

    func table(_ kind: MarkdownTableKind, _ filter: Filter = Filter()) -> MarkdownTable {
        switch kind {
        case .services: services(filter)
        case .channels: channels(filter) { _ in true }
        case .topics: channels(filter) { $0 == .topic }
        case .queues: channels(filter) { $0 == .queue }
        case .messages: messages(filter)
        case .flows: flows(filter)
        case .calls: edges(filter) { $0 == .calls }
        case .edges: edges(filter) { _ in true }
        }
    }

    func owners() -> MarkdownTable {
        var table = MarkdownTable(["Owner", "Services", "Channels", "Flows", "Messages"])
        for entry in facts.owners {
            table.add([
                MarkdownText.inline(entry.owner), list(.service, entry.services), list(.channel, entry.channels),
                list(.flow, entry.flows), list(.message, entry.messages),
            ])
        }
        return table
    }

    // MARK: - Tables

    private func services(_ filter: Filter) -> MarkdownTable {
        var table = MarkdownTable([
            "Service", "Title", "Kind", "Owner", "Domain", "Publishes", "Subscribes to", "Calls", "",
        ])
        for service in facts.graph.services where filter.takes(domain: service.domain, owner: service.owner) {
            let node = DiagramNode.service(service.name)
            table.add([
                links.link(.service, service.name), text(service.title),
                service.kind == .service ? "" : service.kind.rawValue,
                text(service.owner), text(service.domain),
                list(.channel, facts.edges(.publishes, from: node).map(\.to)),
                list(.channel, facts.edges(.consumes, to: node).map(\.from)),
                list(.service, facts.edges(.calls, from: node).map(\.to)), service.isDocumented ? "" : "undocumented",
            ])
        }
        return table
    }

    private func channels(_ filter: Filter, _ isWanted: (Channel.Kind?) -> Bool) -> MarkdownTable {
        var table = MarkdownTable([
            "Channel", "Title", "Kind", "Broker", "Owner", "Published by", "Delivered from", "Subscribed by", "",
        ])
        for channel in facts.graph.channels
        where isWanted(channel.kind) && filter.takes(domain: channel.domain, owner: channel.owner) {
            let node = DiagramNode.channel(channel.name)
            table.add([
                links.link(.channel, channel.name), text(channel.title), channel.kind?.rawValue ?? "",
                text(channel.broker ?? channel.system), text(channel.owner),
                list(.service, facts.edges(.publishes, to: node).map(\.from)),
                list(.channel, facts.edges(.delivers, to: node).map(\.from)),
                list(.service, facts.handlers(of: channel.name).map(\.to)), channel.isDocumented ? "" : "undocumented",
            ])
        }
        return table
    }

    private func messages(_ filter: Filter) -> MarkdownTable {
        var table = MarkdownTable(["Message", "Title", "Version", "Compatibility", "Owner", "Carried by"])
        for message in facts.catalog.messages
        where filter.takes(domain: message.documentation.domain, owner: message.documentation.owner) {
            table.add([
                links.link(.message, message.name), text(message.documentation.title), text(message.version),
                text(message.compatibility), text(message.documentation.owner),
                list(.channel, facts.catalog.carriers(of: message.name)),
            ])
        }
        return table
    }

    private func flows(_ filter: Filter) -> MarkdownTable {
        var table = MarkdownTable(["Flow", "Title", "Style", "Steps", "Owner"])
        for flow in facts.catalog.flows
        where filter.takes(domain: flow.documentation.domain, owner: flow.documentation.owner) {
            table.add([
                links.link(.flow, flow.name), text(flow.documentation.title), flow.style?.value.rawValue ?? "",
                "\(flow.steps.count)", text(flow.documentation.owner),
            ])
        }
        return table
    }

    private func edges(_ filter: Filter, _ isWanted: (EdgeKind) -> Bool) -> MarkdownTable {
        var table = MarkdownTable(["From", "", "To", "How", "Group or operation", "Seen"])
        for edge in facts.graph.edges where isWanted(edge.kind) {
            let owner = facts.service(edge.kind == .consumes ? edge.to : edge.from)
            guard filter.takes(domain: owner?.domain, owner: owner?.owner) else { continue }
            table.add([
                links.link(edge.source.isService ? .service : .channel, edge.from), edge.kind.rawValue,
                links.link(edge.target.isService ? .service : .channel, edge.to), text(edge.system),
                text(edge.group + edge.operation), state(edge),
            ])
        }
        return table
    }

    // MARK: - Cells

    func text(_ text: String?) -> String { text.map(MarkdownText.inline) ?? "" }

    func list(_ kind: MarkdownLinks.Kind, _ names: [String]) -> String {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }.map { links.link(kind, $0) }.joined(separator: ", ")
    }

    /// What the catalog and the spans say of an edge, where they differ; nothing where only the catalog speaks.
    func state(_ edge: FlowEdge) -> String {
        if edge.isObserved {
            return "\(edge.figures.count) times" + (edge.isDocumented ? "" : ", undocumented")
        }
        return edge.isDocumented ? "" : "undocumented"
    }
}

extension Catalog {
    /// The channels that carry a message, or to which it is published, sorted.
    func carriers(of message: String) -> [String] {
        let isThis = { (reference: String) in self.reference(reference, means: message) }
        let carrying = channels.filter { $0.messages.contains { isThis($0.value) } }.map(\.name)
        let published = services.flatMap(\.publishes).filter { $0.message.map { isThis($0.value) } ?? false }
            .map(\.channel.value)
        return Set(carrying + published).sorted()
    }
}
