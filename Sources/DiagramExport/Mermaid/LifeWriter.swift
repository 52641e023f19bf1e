import CatalogModel
import FlowMatching
import SourceDiagnostics
import TraceModel

/// Collects the states of a message and the ways between them, channel by channel.
struct LifeWriter {
    private let catalog: Catalog
    private let graph: FlowGraph
    private var ids = MermaidIDs()
    private var states: [String] = []
    private var ways: [String] = []
    private var idsOfChannels: [String: String] = [:]
    private var idsOfServices: [String: String] = [:]
    private var lost: String?
    private var expired: String?

    init(catalog: Catalog, graph: FlowGraph) {
        self.catalog = catalog
        self.graph = graph
    }

    func write(to document: inout MermaidDocument) {
        document.addBlank()
        for state in states { document.add(state) }
        document.addBlank()
        for way in ways { document.add(way) }
    }

    /// Adds a channel and all that can become of a message in it; returns its state.
    @discardableResult
    mutating func add(_ name: String, isStart: Bool = false) -> String {
        if let id = idsOfChannels[name] { return id }
        let channel = catalog.channel(named: name)
        let node = graph.channels.first { $0.name == name }
        let id = ids.id(channel?.kind == .queue ? .queue : .topic, name)
        idsOfChannels[name] = id
        addState(id, "in", name, channel?.documentation.title)
        if isStart { addPublishers(of: name, id) }
        for route in graph.edges where route.kind == .delivers && route.from == name {
            addWay(id, add(route.to), words(route, filter(of: route)))
        }
        let consumers = graph.edges.filter { $0.kind == .consumes && $0.from == name }
        for edge in consumers { addHandling(edge, channel, id) }
        addEnds(of: channel, node, id, isHandled: !consumers.isEmpty)
        return id
    }

    // MARK: - Parts of a life

    private mutating func addPublishers(of name: String, _ id: String) {
        let publishers = graph.edges.filter { $0.kind == .publishes && $0.to == name }
        if publishers.isEmpty { addWay("[*]", id, "published") }
        for edge in publishers {
            let publication = catalog.service(named: edge.from)?.publishes.first { $0.channel.value == name }
            var text = "\(edge.from) publishes"
            if publication?.outbox == true { text += ", through an outbox" }
            if !edge.isDocumented { text += ", undocumented" }
            addWay("[*]", id, text)
        }
    }

    private mutating func addHandling(_ edge: FlowEdge, _ channel: Channel?, _ id: String) {
        let service = catalog.service(named: edge.to)
        let subscription =
            service?.subscribes.first { $0.channel.value == edge.from && $0.group ?? "" == edge.group }
            ?? service?.subscribes.first { $0.channel.value == edge.from }
        let isNew = idsOfServices[edge.to] == nil
        let state = idsOfServices[edge.to] ?? ids.id(.service, edge.to)
        idsOfServices[edge.to] = state
        if isNew {
            addState(state, "handled by", edge.to, service?.documentation.title)
            addWay(state, "[*]", "done")
        }
        addWay(id, state, words(edge, edge.group.isEmpty || edge.group == edge.to ? nil : "group \(edge.group)"))
        let tries = subscription?.retries.map { "failed: up to \(counted($0, "more try", plural: "more tries"))" }
        let hidden = channel?.visibilityTimeout.map { "failed: again after \($0.catalogText)" }
        if let again = tries ?? hidden { addWay(state, id, again) }
        if let target = subscription?.deadLetter?.value { addWay(state, add(target), "failed for good") }
    }

    private mutating func addEnds(of channel: Channel?, _ node: ChannelNode?, _ id: String, isHandled: Bool) {
        if let target = channel?.deadLetter?.value {
            addWay(
                id, add(target), channel?.maxReceives.map { "after \(counted($0, "try", plural: "tries"))" } ?? "dead")
        }
        let guarantees = MessagingSystem(rawValue: node?.system ?? "")?.guarantees
        if let retention = channel?.retention?.value {
            let state = expired ?? ids.id(.moment, "expired")
            if expired == nil { addFinal(state, "expired") }
            expired = state
            let isLog = guarantees?.isLog == true
            addWay(id, state, "after \(retention.catalogText)" + (isLog ? ", handled or not" : ""))
        } else if guarantees?.persistence.value == Guarantees.Persistence.none {
            let state = lost ?? ids.id(.moment, "lost")
            if lost == nil { addFinal(state, "lost") }
            lost = state
            addWay(id, state, "nobody listens at that moment")
        }
    }

    private mutating func addFinal(_ id: String, _ text: String) {
        states.append("state \"\(MermaidText.state(text))\" as \(id)")
        addWay(id, "[*]", "")
    }

    private mutating func addState(_ id: String, _ relation: String, _ name: String, _ title: String?) {
        let people = title.flatMap { $0.isEmpty || $0 == name ? nil : [$0] } ?? []
        states.append("state \"\(MermaidText.state(people + ["\(relation) \(name)"]))\" as \(id)")
    }

    private mutating func addWay(_ from: String, _ to: String, _ text: String) {
        let way = "\(from) --> \(to)" + (text.isEmpty ? "" : " : \(MermaidText.state(text))")
        if !ways.contains(way) { ways.append(way) }
    }

    private func words(_ edge: FlowEdge, _ detail: String?) -> String {
        let words = [edge.kind == .delivers ? "delivered" : nil, detail, edge.isDocumented ? nil : "undocumented"]
        return words.compactMap(\.self).joined(separator: ", ")
    }

    private func filter(of route: FlowEdge) -> String? {
        catalog.channel(named: route.from)?.deliversTo.first { $0.channel.value == route.to }?.filter
    }
}
