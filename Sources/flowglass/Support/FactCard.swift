import CatalogModel
import FlowMatching
import Foundation
import SourceDiagnostics
import TerminalText
import TraceModel

/// All that is known of one name, for people and for scripts.
struct FactCard {
    let name: String
    let catalog: Catalog
    let graph: FlowGraph
    private let places: [NamedPlace]

    init(name: String, catalog: Catalog, graph: FlowGraph) {
        (self.name, self.catalog, self.graph) = (name, catalog, graph)
        places = catalog.places(named: name)
    }

    /// Whether anything has that name.
    var isKnown: Bool { !places.isEmpty || channelNode != nil || serviceNode != nil }

    private var channel: Channel? { catalog.channel(named: name) }
    private var channelNode: ChannelNode? { graph.channels.first { $0.name == name } }
    private var serviceNode: ServiceNode? { graph.services.first { $0.name == name } }
    /// The broker or the message of that name, where it is no channel, service or flow.
    private var broker: Broker? { message == nil && isOther ? catalog.broker(named: name) : nil }
    private var message: Message? { isOther ? catalog.message(named: name) : nil }
    private var isOther: Bool { channelNode == nil && serviceNode == nil && catalog.flow(named: name) == nil }
    private var documentation: Documentation? {
        channel?.documentation ?? catalog.service(named: name)?.documentation ?? catalog.flow(named: name)?
            .documentation
            ?? catalog.message(named: name)?.documentation
    }

    private var kind: String {
        if let channel { return channel.kind.rawValue }
        if let service = catalog.service(named: name) { return service.kind.rawValue }
        if catalog.flow(named: name) != nil { return "flow" }
        if catalog.message(named: name) != nil { return "message" }
        if catalog.broker(named: name) != nil { return "broker" }
        return channelNode != nil ? "channel" : "service"
    }

    /// `publishers`, `subscribers`, … with the edges under each.
    private var sections: [(title: String, edges: [FlowEdge], other: (FlowEdge) -> String)] {
        if channelNode != nil {
            return [
                ("published by", graph.publishers(of: name), \.from),
                ("delivered from", graph.edges.filter { $0.kind == .delivers && $0.to == name }, \.from),
                ("delivers to", graph.edges.filter { $0.kind == .delivers && $0.from == name }, \.to),
                (
                    "subscribed by", graph.subscribers(of: name),
                    { $0.from == name ? $0.to : "\($0.to) (through \($0.from))" }
                ),
            ]
        }
        if message != nil {
            return [
                ("published by", carriers.flatMap { carrying($0, graph.publishers) }, { "\($0.from) to \($0.to)" }),
                ("subscribed by", carriers.flatMap { carrying($0, graph.subscribers) }, { "\($0.to) from \($0.from)" }),
            ]
        }
        let edges = graph.edges(ofService: name)
        func call(_ name: String, _ edge: FlowEdge) -> String {
            let what = [edge.system, edge.operation].filter { !$0.isEmpty }.joined(separator: " ")
            return what.isEmpty ? name : "\(name) (\(what))"
        }
        return [
            ("called by", edges.filter { $0.kind == .calls && $0.to == name }, { call($0.from, $0) }),
            ("calls", edges.filter { $0.kind == .calls && $0.from == name }, { call($0.to, $0) }),
            ("publishes", edges.filter { $0.kind == .publishes }, \.to),
            ("subscribes to", edges.filter { $0.kind == .consumes }, \.from),
        ]
    }

    /// The channels that a message crosses, or that run on a broker.
    private var carriers: [String] {
        if let broker { return catalog.channels.filter { $0.broker?.value == broker.name }.map(\.name) }
        guard message != nil else { return [] }
        let named = catalog.services.flatMap { service in
            service.publishes.filter { $0.message?.value == name }.map(\.channel.value)
                + service.subscribes.filter { $0.message?.value == name }.map(\.channel.value)
        }
        let carrying = catalog.channels.filter { $0.messages.contains { $0.value == name } }.map(\.name)
        return Set(carrying + named).sorted()
    }

    /// The edges of a channel but those that the catalog keeps for other messages.
    private func carrying(_ channel: String, _ all: (String) -> [FlowEdge]) -> [FlowEdge] {
        all(channel).filter { edge in
            let service = catalog.service(named: edge.kind == .publishes ? edge.from : edge.to)
            let messages =
                edge.kind == .publishes
                ? service?.publishes.filter { $0.channel.value == edge.to }.map(\.message?.value)
                : service?.subscribes.filter { $0.channel.value == edge.from }.map(\.message?.value)
            return messages?.isEmpty ?? true || messages?.contains { $0 == nil || $0 == name } == true
        }
    }

    private var guarantees: Guarantees? {
        channel?.system?.guarantees ?? broker?.system.guarantees
    }

    var text: String {
        var lines = [[name, documentation?.title ?? ""].filter { !$0.isEmpty }.joined(separator: "  ")]
        let system = channelNode?.system ?? broker?.system.rawValue ?? ""
        var facts = [kind + (system.isEmpty ? "" : " on \(system)")]
        facts += [broker?.url, message?.version.map { "version \($0)" }, message?.schema.map { "schema \($0.value)" }]
            .compactMap(\.self)
        if let owner = documentation?.owner { facts.append("owner \(owner)") }
        if places.first(where: \.isDefinition) == nil {
            let isSeen = channelNode?.isObserved == true || serviceNode?.isObserved == true
            facts.append(isSeen ? "undocumented" : "named in the catalog, not defined")
        }
        lines.append("  " + facts.joined(separator: " · "))
        if let description = documentation?.description ?? broker?.description {
            lines += description.split(separator: "\n").map { "  " + $0.trimmingCharacters(in: .whitespaces) }
        }
        if let guarantees {
            let delivery = channel?.delivery?.value ?? guarantees.delivery.value.rawValue
            lines.append(
                "  "
                    + [
                        delivery, guarantees.replay.value ? "replay" : "no replay",
                        "ordering \(channel?.ordering?.value ?? guarantees.ordering.value.rawValue)",
                        "messages kept: \(guarantees.persistence.value.rawValue)",
                    ].joined(separator: " · "))
        }
        if !carriers.isEmpty { lines += ["", broker == nil ? "carried by" : "channels"] + carriers.map { "  " + $0 } }
        for section in sections where !section.edges.isEmpty {
            lines += ["", section.title]
            let width = section.edges.map { displayWidth(section.other($0)) }.max() ?? 0
            var seen: Set<String> = []
            lines += section.edges.map { "  " + padded(section.other($0), to: width) + "  " + Self.figures($0) }
                // The same edge for several messages.
                .filter { seen.insert($0).inserted }
        }
        if let flow = catalog.flow(named: name) {
            lines += ["", "steps"]
            lines += flow.steps.map { "  \($0.service.value) \($0.action.rawValue) \($0.target.value)" }
        }
        let definitions = places.filter(\.isDefinition)
        if !definitions.isEmpty { lines += ["", "defined at"] + definitions.map(Self.place) }
        let references = places.filter { !$0.isDefinition }
        if !references.isEmpty { lines += ["", "named at"] + references.map(Self.place) }
        return lines.map { displaySafe($0) }.joined(separator: "\n") + "\n"
    }

    private static func place(_ place: NamedPlace) -> String {
        "  \(place.span.file):\(place.span.line)" + (place.isDefinition ? "" : "  \(place.phrase)")
    }

    private static func figures(_ edge: FlowEdge) -> String {
        guard edge.isObserved else { return edge.isDocumented ? "not observed" : "" }
        var words = ["\(edge.figures.count) observed"]
        if !edge.isDocumented { words.insert(edge.isCallBack ? "undocumented call back" : "undocumented", at: 0) }
        // What is observed are messages; what fails are attempts to handle them.
        if edge.figures.errors > 0 {
            let attempts =
                edge.kind == .consumes
                ? " of \(counted(edge.figures.deliveries, "delivery", plural: "deliveries"))" : ""
            words.append("\(edge.figures.errors)\(attempts) failed")
        }
        if edge.figures.duplicates > 0 { words.append(counted(edge.figures.duplicates, "duplicate")) }
        if let wait = edge.figures.wait.quantile(0.95) { words.append("wait p95 \(durationText(wait))") }
        return words.joined(separator: " · ")
    }

    var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("name", .string(name)), ("kind", .string(kind)),
            ("title", documentation?.title.map { .string($0) } ?? .null),
            ("description", (documentation?.description ?? broker?.description).map { .string($0) } ?? .null),
            ("owner", documentation?.owner.map { .string($0) } ?? .null),
            ("system", (channelNode?.system ?? broker?.system.rawValue).map { .string($0) } ?? .null),
        ]
        if let broker { members.append(("url", broker.url.map { .string($0) } ?? .null)) }
        if let message {
            members += [
                ("version", message.version.map { .string($0) } ?? .null),
                ("schema", message.schema.map { .string($0.value) } ?? .null),
            ]
        }
        if broker != nil || message != nil { members.append(("channels", .array(carriers.map { .string($0) }))) }
        if let guarantees {
            members.append(
                (
                    "guarantees",
                    .object([
                        ("fanOut", .bool(guarantees.fanOut.value)), ("replay", .bool(guarantees.replay.value)),
                        ("ordering", .string(guarantees.ordering.value.rawValue)),
                        ("delivery", .string(guarantees.delivery.value.rawValue)),
                        ("persistence", .string(guarantees.persistence.value.rawValue)),
                    ])
                ))
        }
        members.append(("edges", .array(sections.flatMap(\.edges).map(Facts.edge))))
        members.append(
            (
                "places",
                .array(
                    places.map {
                        .object([
                            ("phrase", .string($0.phrase)), ("definition", .bool($0.isDefinition)),
                            ("file", .string($0.span.file)), ("line", .number($0.span.line)),
                            ("column", .number($0.span.column)),
                        ])
                    })
            ))
        return .object(members)
    }
}
