import CatalogModel
import FlowMatching
import SourceDiagnostics
import TraceModel

// The tables of a fact sheet: what leads to a thing and away from it.
extension FactSheet {
    func publications(_ service: DiagramNode) -> MarkdownTable {
        var table = MarkdownTable(["Channel", "Message", "Key", "Outbox", "When", "Seen"])
        let entries = facts.catalog.service(named: service.name)?.publishes ?? []
        for edge in facts.edges(.publishes, from: service) {
            let entry = entries.first { $0.channel.value == edge.to }
            table.add([
                links.link(.channel, edge.to), message(entry?.message?.value), tables.text(entry?.key),
                entry?.outbox.map { $0 ? "yes" : "no" } ?? "", tables.text(entry?.when), tables.state(edge),
            ])
        }
        return table
    }

    func subscriptions(_ service: DiagramNode) -> MarkdownTable {
        var table = MarkdownTable([
            "Channel", "Group", "Message", "Idempotent", "Retries", "Dead letters to", "Within", "Seen",
        ])
        for edge in facts.edges(.consumes, to: service) {
            let entry = subscription(edge)
            table.add([
                links.link(.channel, edge.from), tables.text(edge.group), message(entry?.message?.value),
                entry?.idempotent.map { $0.value ? "yes" : "no" } ?? "", entry?.retries.map(String.init) ?? "",
                entry?.deadLetter.map { links.link(.channel, $0.value) } ?? "",
                entry?.needs.within?.value.catalogText ?? "", tables.state(edge),
            ])
        }
        return table
    }

    func calls(from service: DiagramNode) -> MarkdownTable {
        calls(facts.edges(.calls, from: service), "Service", \.to)
    }

    func calls(to service: DiagramNode) -> MarkdownTable {
        calls(facts.edges(.calls, to: service), "Service", \.from)
    }

    func publishers(_ channel: DiagramNode) -> MarkdownTable {
        var table = MarkdownTable(["Service", "Message", "When", "Seen"])
        for edge in facts.edges(.publishes, to: channel) {
            let entry = facts.catalog.service(named: edge.from)?.publishes.first { $0.channel.value == edge.to }
            table.add([
                links.link(.service, edge.from), message(entry?.message?.value), tables.text(entry?.when),
                tables.state(edge),
            ])
        }
        return table
    }

    func routes(to channel: DiagramNode) -> MarkdownTable {
        routes(facts.edges(.delivers, to: channel), \.from)
    }

    func routes(from channel: DiagramNode) -> MarkdownTable {
        routes(facts.edges(.delivers, from: channel), \.to)
    }

    func handlers(of channel: String) -> MarkdownTable {
        var table = MarkdownTable(["Service", "Group", "Through", "Idempotent", "Retries", "Seen"])
        for edge in facts.handlers(of: channel) {
            let entry = subscription(edge)
            table.add([
                links.link(.service, edge.to), tables.text(edge.group),
                edge.from == channel ? "" : links.link(.channel, edge.from),
                entry?.idempotent.map { $0.value ? "yes" : "no" } ?? "", entry?.retries.map(String.init) ?? "",
                tables.state(edge),
            ])
        }
        return table
    }

    func messages(_ channel: Channel?) -> MarkdownTable {
        var table = MarkdownTable(["Message", "Title", "Version"])
        for reference in channel?.messages ?? [] {
            let known = facts.catalog.message(named: reference.value)
            table.add([
                message(reference.value), tables.text(known?.documentation.title), tables.text(known?.version),
            ])
        }
        return table
    }

    /// What the channel promises where the catalog says so, else what its broker does, and the page that says that.
    func guarantees(_ channel: Channel?, _ node: ChannelNode) -> MarkdownTable {
        var table = MarkdownTable(["", "Guarantee", "Says"])
        guard let known = MessagingSystem(rawValue: node.system)?.guarantees else { return table }
        func add(_ title: String, _ own: String?, _ value: String, _ source: String) {
            let says =
                own == nil
                ? "[\(MarkdownText.inline(node.system))](\(MarkdownText.destination(source.contains("://") ? source : "https://" + source)))"
                : "the catalog"
            table.add([title, MarkdownText.inline(own ?? value), says])
        }
        add("Delivery", channel?.delivery?.value, known.delivery.value.rawValue, known.delivery.source)
        add("Ordering", channel?.ordering?.value, known.ordering.value.rawValue, known.ordering.source)
        add("Replay", nil, known.replay.value ? "yes" : "no", known.replay.source)
        add("Fan-out", nil, known.fanOut.value ? "yes" : "no", known.fanOut.source)
        add("Messages kept", nil, known.persistence.value.rawValue, known.persistence.source)
        return table
    }

    // MARK: - Parts

    private func calls(_ edges: [FlowEdge], _ title: String, _ end: (FlowEdge) -> String) -> MarkdownTable {
        var table = MarkdownTable([
            title, "Protocol", "Operation", "Purpose", "Timeout", "Retries", "On failure", "Seen",
        ])
        for edge in edges {
            let entry = facts.catalog.service(named: edge.from)?.calls.first {
                $0.service.value == edge.to && ($0.operation ?? "") == edge.operation
            }
            table.add([
                links.link(.service, end(edge)), tables.text(edge.system), tables.text(edge.operation),
                tables.text(entry?.purpose), entry?.timeout?.catalogText ?? "", entry?.retries.map(String.init) ?? "",
                tables.text(entry?.onFailure), tables.state(edge),
            ])
        }
        return table
    }

    private func routes(_ edges: [FlowEdge], _ end: (FlowEdge) -> String) -> MarkdownTable {
        var table = MarkdownTable(["Channel", "Filter", "Seen"])
        for edge in edges {
            let route = facts.catalog.channel(named: edge.from)?.deliversTo.first { $0.channel.value == edge.to }
            table.add([links.link(.channel, end(edge)), tables.text(route?.filter), tables.state(edge)])
        }
        return table
    }

    private func subscription(_ edge: FlowEdge) -> Subscription? {
        let entries = (facts.catalog.service(named: edge.to)?.subscribes ?? []).filter {
            $0.channel.value == edge.from
        }
        return entries.first { ($0.group ?? "") == edge.group } ?? entries.first
    }

    /// A reference to a message, with its version where it names one.
    private func message(_ reference: String?) -> String {
        guard let reference else { return "" }
        guard let known = facts.catalog.message(named: reference) else { return MarkdownText.cellCode(reference) }
        let version = reference.dropFirst(known.name.count)
        return links.link(.message, known.name) + MarkdownText.inline(String(version))
    }
}

extension SourceSpan {
    /// `catalog/orders.yaml:3`
    var place: String { "\(file):\(line)" }
}
