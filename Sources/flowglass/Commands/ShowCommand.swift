import ArgumentParser
import CatalogModel
import FlowMatching
import Foundation
import SourceDiagnostics
import TerminalText
import TraceModel
import TraceStore

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Who publishes, who subscribes, guarantees, owner, and where it is defined.",
        discussion: """
            EXAMPLES
              flowglass show order.completed
              flowglass show order --json
            """)

    @Argument(help: "A channel, service, flow, message or broker.", completion: .anyName)
    var name: String

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: JSONOptions

    func run() throws {
        let catalog = try catalog.loadWithWarning()
        let graph = FlowGraph(catalog: catalog, observed: try observed(catalog))
        let isKnown = graph.channels.contains { $0.name == name } || graph.services.contains { $0.name == name }
        let places = catalog.places(named: name)
        guard isKnown || !places.isEmpty else {
            let names = catalog.names + graph.channels.map(\.name) + graph.services.map(\.name)
            throw CommandFailure("nothing is called '\(name)'" + suggestion(for: name, among: names))
        }
        let card = FactCard(name: name, catalog: catalog, graph: graph, places: places)
        if output.json { Output.json(card.json) } else { Output.write(card.text) }
    }

    /// What a store knows, where there is one.
    private func observed(_ catalog: Catalog) throws -> [ObservedEdge] {
        guard store.store != nil || FileManager.default.fileExists(atPath: store.path) else { return [] }
        return try commandResult { try store.reader(catalog).edges(.all, now: currentTime()) }
    }
}

/// All that is known of one name, for people and for scripts.
private struct FactCard {
    let name: String
    let catalog: Catalog
    let graph: FlowGraph
    let places: [NamedPlace]

    private var channel: Channel? { catalog.channel(named: name) }
    private var channelNode: ChannelNode? { graph.channels.first { $0.name == name } }
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
        let edges = graph.edges(ofService: name)
        return [
            ("called by", edges.filter { $0.kind == .calls && $0.to == name }, \.from),
            ("calls", edges.filter { $0.kind == .calls && $0.from == name }, \.to),
            ("publishes", edges.filter { $0.kind == .publishes }, \.to),
            ("subscribes to", edges.filter { $0.kind == .consumes }, \.from),
        ]
    }

    private var guarantees: Guarantees? {
        channel?.system?.guarantees ?? catalog.broker(named: name)?.system.guarantees
    }

    var text: String {
        var lines = [[name, documentation?.title ?? ""].filter { !$0.isEmpty }.joined(separator: "  ")]
        var facts = [kind + (channelNode.map { $0.system.isEmpty ? "" : " on \($0.system)" } ?? "")]
        if let owner = documentation?.owner { facts.append("owner \(owner)") }
        if places.first(where: \.isDefinition) == nil { facts.append("undocumented") }
        lines.append("  " + facts.joined(separator: " · "))
        if let description = documentation?.description {
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
        for section in sections where !section.edges.isEmpty {
            lines += ["", section.title]
            let width = section.edges.map { displayWidth(section.other($0)) }.max() ?? 0
            for edge in section.edges {
                lines.append("  " + padded(section.other(edge), to: width) + "  " + Self.figures(edge))
            }
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
        if edge.figures.errors > 0 { words.append("\(edge.figures.errors) failed") }
        if edge.figures.duplicates > 0 { words.append("\(edge.figures.duplicates) again") }
        if let wait = edge.figures.wait.quantile(0.95) { words.append("wait p95 \(durationText(wait))") }
        return words.joined(separator: " · ")
    }

    var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("name", .string(name)), ("kind", .string(kind)),
            ("title", documentation?.title.map { .string($0) } ?? .null),
            ("description", documentation?.description.map { .string($0) } ?? .null),
            ("owner", documentation?.owner.map { .string($0) } ?? .null),
            ("system", channelNode.map { .string($0.system) } ?? .null),
        ]
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
