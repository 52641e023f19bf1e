import CatalogModel
import FlowMatching
import TraceModel

/// Writes the entities of one system, and hands out their names, which must be unique for each kind.
struct BackstageWriter {
    private let facts: SystemFacts
    private let graph: CatalogGraph
    private var components: [String: String] = [:]
    private var resources: [String: String] = [:]
    private var brokers: [String: String] = [:]
    private let systemName: String

    init(_ system: ExportedSystem) {
        facts = SystemFacts(system)
        graph = CatalogGraph(system.catalog)
        systemName = ASCIINames.slug(of: system.catalog.about.title ?? "system")
        var names = ASCIINames()
        for service in system.graph.services { components[service.name] = names.name(for: service.name) }
        names = ASCIINames()
        for channel in system.graph.channels { resources[channel.name] = names.name(for: channel.name) }
        for broker in system.catalog.brokers { brokers[broker.name] = names.name(for: "broker-\(broker.name)") }
    }

    mutating func entities() -> [YAMLValue] {
        let about = facts.catalog.about
        var all = [
            entity(
                "System", systemName, about.title ?? "system", about,
                [("owner", .text(owner(about.owner)))])
        ]
        for service in facts.graph.services { all += component(service) }
        for channel in facts.graph.channels { all.append(resource(channel)) }
        for broker in facts.catalog.brokers {
            var documentation = Documentation()
            documentation.description = broker.description
            all.append(
                entity(
                    "Resource", brokers[broker.name] ?? "", broker.name, documentation,
                    [
                        ("type", .text("message-broker")), ("owner", .text(owner(nil))), ("system", .text(systemName)),
                    ]))
        }
        return all
    }

    // MARK: - Entities

    private func component(_ service: ServiceNode) -> [YAMLValue] {
        guard let name = components[service.name] else { return [] }
        let node = DiagramNode.service(service.name)
        let documented = facts.catalog.service(named: service.name)
        let type = service.kind == .browser || service.kind == .mobile ? "website" : "service"
        var spec: [(String, YAMLValue)] = [
            ("type", .text(type)), ("lifecycle", .text("production")), ("owner", .text(owner(service.owner))),
            ("system", .text(systemName)),
        ]
        let published = facts.edges(.publishes, from: node).map(\.to)
        let hasAPI = documented != nil && !published.isEmpty
        if hasAPI { spec.append(("providesApis", .list([.text(name)]))) }
        let publishers = facts.edges(.consumes, to: node).flatMap { sources(of: $0.from) }
            .flatMap { facts.edges(.publishes, to: .channel($0)).map(\.from) }
        let consumed = references(publishers.filter { facts.catalog.service(named: $0) != nil && $0 != service.name }) {
            components[$0]
        }
        if !consumed.isEmpty { spec.append(("consumesApis", .list(consumed))) }
        let depends =
            references(facts.edges(.calls, from: node).map(\.to).filter { $0 != service.name }) {
                components[$0].map { "component:\($0)" }
            }
            + references(published + facts.edges(.consumes, to: node).map(\.from)) {
                resources[$0].map { "resource:\($0)" }
            }
        if !depends.isEmpty { spec.append(("dependsOn", .list(depends))) }
        var documentation = documented?.documentation ?? Documentation()
        documentation.repository = service.repository
        var entities = [entity("Component", name, service.name, documentation, spec)]
        if hasAPI, let documented {
            entities.append(
                entity(
                    "API", name, service.name, documented.documentation,
                    [
                        ("type", .text("asyncapi")), ("lifecycle", .text("production")),
                        ("owner", .text(owner(service.owner))), ("system", .text(systemName)),
                        ("definition", .text(AsyncAPIExport.text(of: documented, graph))),
                    ]))
        }
        return entities
    }

    private func resource(_ channel: ChannelNode) -> YAMLValue {
        var spec: [(String, YAMLValue)] = [
            ("type", .text(channel.kind?.rawValue ?? "channel")), ("owner", .text(owner(channel.owner))),
            ("system", .text(systemName)),
        ]
        let routes = facts.edges(.delivers, to: .channel(channel.name)).map(\.from)
        let depends =
            references(routes) { resources[$0].map { "resource:\($0)" } }
            + references([channel.broker].compactMap(\.self)) { brokers[$0].map { "resource:\($0)" } }
        if !depends.isEmpty { spec.append(("dependsOn", .list(depends))) }
        return entity(
            "Resource", resources[channel.name] ?? "", channel.name,
            facts.catalog.channel(named: channel.name)?.documentation ?? Documentation(), spec)
    }

    private func entity(
        _ kind: String, _ name: String, _ ownName: String, _ documentation: Documentation, _ spec: [(String, YAMLValue)]
    ) -> YAMLValue {
        var metadata: [(String, YAMLValue)] = [("name", .text(name))]
        let title = documentation.title ?? ownName
        if title != name { metadata.append(("title", .text(title))) }
        if let description = documentation.description { metadata.append(("description", .text(description))) }
        // Backstage allows lower-case letters, digits and some marks in tags.
        let tags = Set(
            documentation.tags.map {
                ASCIINames.slug(of: $0.lowercased()).replacing(".", with: "-").replacing("_", with: "-")
            })
        if !tags.isEmpty { metadata.append(("tags", .list(tags.sorted().map { .text($0) }))) }
        metadata.append(("annotations", .map([("flowglass/name", .text(ownName))])))
        let pages = (documentation.links + [documentation.repository].compactMap(\.self)).compactMap(webAddress)
        if !pages.isEmpty {
            metadata.append(("links", .list(pages.map { .map([("url", .text(encodedURL($0)))]) })))
        }
        return .map([
            ("apiVersion", .text("backstage.io/v1alpha1")), ("kind", .text(kind)), ("metadata", .map(metadata)),
            ("spec", .map(spec)),
        ])
    }

    // MARK: - Parts

    private func owner(_ name: String?) -> String {
        let owner = name ?? facts.catalog.about.owner
        return owner.map(ASCIINames.slug) ?? "unknown"
    }

    /// The channel and those that deliver to it.
    private func sources(of channel: String) -> [String] { graph.sources(of: channel) }

    private func references(_ names: [String], _ reference: (String) -> String?) -> [YAMLValue] {
        Set(names.compactMap(reference)).sorted().map { .text($0) }
    }
}
