public import CatalogModel
import SourceDiagnostics
import TraceModel

/// What was observed and is not documented, as additions to a catalog in the language's smallest form.
///
/// Temporary channels are left out, and so is what no name can be given to. Written down, the additions leave nothing
/// undocumented.
public struct CatalogProposal: Sendable, Equatable {
    /// Services first, then topics and queues, each by name.
    public private(set) var additions: [CatalogAddition] = []
    /// What could not be proposed, as sentences without a full stop.
    public private(set) var leftOut: [String] = []

    /// - Parameter isWanted: Of the undocumented edges only those that are to be written down.
    public init(catalog: Catalog, graph: FlowGraph, where isWanted: (FlowEdge) -> Bool = { _ in true }) {
        var builder = ProposalBuilder(catalog: catalog, graph: graph)
        for edge in graph.edges where edge.isObserved && !edge.isDocumented && !edge.isTemporary && isWanted(edge) {
            builder.add(edge)
        }
        additions = builder.additions
        leftOut = builder.leftOut.sorted()
    }

    /// One YAML document, empty for nothing; what belongs to a definition that exists says where that stands.
    public func yaml(beside catalog: Catalog) -> String {
        CatalogAddition.Section.allCases.map { section in
            let additions = additions.filter { $0.section == section }
            guard !additions.isEmpty else { return "" }
            return "\(section.rawValue):\n"
                + additions.map { addition in
                    let known =
                        section == .services
                        ? catalog.service(named: addition.name)?.span : catalog.channel(named: addition.name)?.span
                    let comment = known.map { "  # add to \($0.file):\($0.line)\n" } ?? ""
                    return comment + addition.lines(indent: 2).map { $0 + "\n" }.joined()
                }.joined()
        }.joined()
    }
}

private struct ProposalBuilder {
    let catalog: Catalog
    let graph: FlowGraph
    private let templates: NameTemplates
    private var services: [String: [String: [String]]] = [:]
    private var channels: [String: NewChannel] = [:]
    private(set) var leftOut: Set<String> = []
    private var judged: [String: Bool] = [:]

    private struct NewChannel {
        var system = ""
        var deliversTo: [String] = []
    }

    /// Nobody gives longer names.
    private static let longestName = 250

    init(catalog: Catalog, graph: FlowGraph) {
        self.catalog = catalog
        self.graph = graph
        templates = NameTemplates(
            graph.channels.filter { !$0.isDocumented && $0.isObserved && !$0.isTemporary }.map(\.name))
    }

    // MARK: - Edges

    mutating func add(_ edge: FlowEdge) {
        switch edge.kind {
        case .publishes:
            guard isGood(service: edge.from), let channel = channel(edge.to, edge.system) else { return }
            add(yamlScalar(channel), to: "publishes", of: edge.from)
        case .consumes:
            guard isGood(service: edge.to), let channel = channel(edge.from, edge.system) else { return }
            let name = yamlScalar(channel)
            let hasGroup = !edge.group.isEmpty && edge.group != edge.to
            add(
                hasGroup ? "{ channel: \(name), group: \(yamlScalar(edge.group)) }" : name, to: "subscribes",
                of: edge.to)
        case .calls:
            guard isGood(service: edge.from), isGood(service: edge.to) else { return }
            services[edge.to] = services[edge.to] ?? [:]
            let isKnown = ["rest", "grpc", "grpc-web", "graphql", "soap", "websocket"].contains(edge.system)
            let callee = yamlScalar(edge.to)
            let item = isKnown ? "{ service: \(callee), protocol: \(edge.system) }" : "{ service: \(callee) }"
            let hasCall = services[edge.from]?["calls"]?.contains {
                $0.hasPrefix("{ service: \(callee) ") || $0.hasPrefix("{ service: \(callee),")
            }
            if hasCall != true { add(item, to: "calls", of: edge.from) }
        case .delivers:
            if catalog.channel(named: edge.from)?.kind == .queue {
                leftOut.insert("'\(edge.from)' delivers to '\(edge.to)', but a queue has no routes")
                return
            }
            guard let from = channel(edge.from, edge.system), let to = channel(edge.to, "") else { return }
            channels[from, default: NewChannel()].deliversTo.append(yamlScalar(to))
        }
    }

    private mutating func add(_ item: String, to list: String, of service: String) {
        if services[service]?[list]?.contains(item) != true {
            services[service, default: [:]][list, default: []].append(item)
        }
    }

    /// A service that can be written down.
    private mutating func isGood(service name: String) -> Bool {
        if name.hasPrefix("unknown_service") || name.isEmpty {
            leftOut.insert("spans without service.name: set OTEL_SERVICE_NAME where they come from")
            return false
        }
        return isGood(name)
    }

    /// Whether the language takes the name: the loader itself is asked.
    private mutating func isGood(_ name: String) -> Bool {
        if let isGood = judged[name] { return isGood }
        var problem: String?
        if name.unicodeScalars.count > Self.longestName {
            problem = "it has \(name.unicodeScalars.count) characters"
        } else {
            let text = "services:\n  \(yamlScalar(name)): {}\n"
            problem = loadCatalog(texts: [(path: "", text: text)]).diagnostics.first?.message
        }
        if let problem { leftOut.insert("'\(name.prefix(40))' cannot be a name in the catalog: \(problem)") }
        judged[name] = problem == nil
        return problem == nil
    }

    /// A channel's name in the catalog, which is to hold it from now on.
    private mutating func channel(_ observed: String, _ system: String) -> String? {
        guard !observed.isEmpty, isGood(observed) else { return nil }
        guard catalog.channel(named: observed) == nil else { return observed }
        let name = templates.name(observed)
        var channel = channels[name] ?? NewChannel()
        if channel.system.isEmpty {
            let own = graph.channels.first { $0.name == observed }?.system ?? ""
            channel.system = own.isEmpty ? system : own
        }
        channels[name] = channel
        return name
    }

    // MARK: - Additions

    var additions: [CatalogAddition] {
        let ofServices = services.sorted { $0.key < $1.key }.filter { name, lists in
            catalog.service(named: name) == nil || !lists.isEmpty
        }.map { name, lists in
            CatalogAddition(
                section: .services, name: name,
                lists: ["publishes", "subscribes", "calls"].compactMap { key in lists[key].map { (key, $0) } })
        }
        let ofChannels = channels.sorted { $0.key < $1.key }.map { name, channel in
            addition(of: name, channel)
        }.filter { addition in catalog.channel(named: addition.name) == nil || !addition.lists.isEmpty }
        return ofServices + ofChannels.filter { $0.section == .topics } + ofChannels.filter { $0.section == .queues }
    }

    private func addition(of name: String, _ channel: NewChannel) -> CatalogAddition {
        let routes = channel.deliversTo.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let lists = routes.isEmpty ? [] : [(key: "delivers-to", items: routes)]
        if let known = catalog.channel(named: name) {
            return CatalogAddition(section: known.kind == .topic ? .topics : .queues, name: name, lists: lists)
        }
        var values: [(key: String, value: String)] = []
        if let broker = broker(of: channel.system) { values.append(("broker", yamlScalar(broker))) }
        if templates.isTemplate(name) { values.append(("telemetry-names", "[\(yamlScalar(name))]")) }
        let isQueue = routes.isEmpty && isQueue(name, channel.system)
        return CatalogAddition(section: isQueue ? .queues : .topics, name: name, lists: lists, values: values)
    }

    /// The catalog's own name for the only broker of a system, else the system.
    private func broker(of system: String) -> String? {
        guard let known = MessagingSystem(rawValue: system), known != .other else { return nil }
        let named = catalog.brokers.filter { $0.system == known }
        return named.count == 1 ? named[0].name : system
    }

    private func isQueue(_ name: String, _ system: String) -> Bool {
        Channel.Kind.isQueue(on: system) {
            Set(graph.edges.filter { $0.kind == .consumes && templates.name($0.from) == name }.map(\.to)).count
        }
    }
}

extension Channel.Kind {
    /// Whether a channel that only spans know, without routes, is a queue as far as they tell: SQS has queues only. Where
    /// a system has both, one that a single service consumes is a queue.
    public static func isQueue(on system: String, consumers: () -> Int) -> Bool {
        switch system {
        case "aws-sqs": true
        case "rabbitmq", "activemq", "azure-service-bus": consumers() == 1
        default: false
        }
    }
}
