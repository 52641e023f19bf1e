import CatalogModel
import FlowMatching
import SourceDiagnostics
import TraceModel

/// Collects the states of a message and the ways between them, channel by channel.
struct LifeWriter {
    private let catalog: Catalog
    private let index: GraphIndex
    private var ids = MermaidIDs()
    private var states: [String] = []
    private var ways: [String] = []
    private var drawnWays: Set<String> = []
    /// Channels that have a state, and nothing yet of what follows.
    private var waiting: [String] = []
    private var idsOfChannels: [String: String] = [:]
    private var idsOfServices: [String: String] = [:]
    private var lost: String?
    private var expired: String?

    init(catalog: Catalog, index: GraphIndex) {
        self.catalog = catalog
        self.index = index
    }

    func write(to document: inout MermaidDocument) {
        document.addBlank()
        for state in states { document.add(state) }
        document.addBlank()
        for way in ways { document.add(way) }
    }

    /// Adds a channel that messages are published to, and all that can become of one in it and behind it.
    mutating func begin(in name: String) {
        addPublishers(of: name, state(of: name))
        // A list rather than recursion: routes may be as many as the catalog has channels.
        var next = 0
        while next < waiting.count {
            follow(waiting[next])
            next += 1
        }
        waiting = []
    }

    private mutating func state(of name: String) -> String {
        if let id = idsOfChannels[name] { return id }
        let channel = catalog.channel(named: name)
        let id = ids.id(channel?.kind == .queue ? .queue : .topic, name)
        idsOfChannels[name] = id
        addState(id, "in", name, channel?.documentation.title)
        waiting.append(name)
        return id
    }

    private mutating func follow(_ name: String) {
        let channel = catalog.channel(named: name)
        let id = state(of: name)
        for route in index.edges(.delivers, from: .channel(name)) {
            addWay(id, state(of: route.to), words(route, filter(of: route)))
        }
        for edge in index.edges(.consumes, from: .channel(name)) { addHandling(edge, channel, id) }
        addEnds(of: channel, index.channel(name), id)
    }

    // MARK: - Parts of a life

    private mutating func addPublishers(of name: String, _ id: String) {
        let publishers = index.edges(.publishes, to: .channel(name))
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
        let handling = idsOfServices[edge.to] ?? ids.id(.service, edge.to)
        idsOfServices[edge.to] = handling
        if isNew {
            addState(handling, "handled by", edge.to, service?.documentation.title)
            addWay(handling, "[*]", "done")
        }
        addWay(id, handling, words(edge, edge.group.isEmpty || edge.group == edge.to ? nil : "group \(edge.group)"))
        let tries = subscription?.retries.map { "failed: up to \(counted($0, "more try", plural: "more tries"))" }
        let hidden = channel?.visibilityTimeout.map { "failed: again after \($0.catalogText)" }
        if let again = tries ?? hidden { addWay(handling, id, again) }
        if let target = subscription?.deadLetter?.value { addWay(handling, state(of: target), "failed for good") }
    }

    private mutating func addEnds(of channel: Channel?, _ node: ChannelNode?, _ id: String) {
        if let target = channel?.deadLetter?.value {
            addWay(
                id, state(of: target),
                channel?.maxReceives.map { "after \(counted($0, "try", plural: "tries"))" } ?? "dead")
        }
        let guarantees = MessagingSystem(rawValue: node?.system ?? "")?.guarantees
        if let retention = channel?.retention?.value {
            let ending = expired ?? ids.id(.moment, "expired")
            if expired == nil { addFinal(ending, "expired") }
            expired = ending
            let isLog = guarantees?.isLog == true
            addWay(id, ending, "after \(retention.catalogText)" + (isLog ? ", handled or not" : ""))
        } else if guarantees?.persistence.value == Guarantees.Persistence.none {
            let ending = lost ?? ids.id(.moment, "lost")
            if lost == nil { addFinal(ending, "lost") }
            lost = ending
            addWay(id, ending, "nobody listens at that moment")
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
        if drawnWays.insert(way).inserted { ways.append(way) }
    }

    private func words(_ edge: FlowEdge, _ detail: String?) -> String {
        let words = [edge.kind == .delivers ? "delivered" : nil, detail, edge.isDocumented ? nil : "undocumented"]
        return words.compactMap(\.self).joined(separator: ", ")
    }

    private func filter(of route: FlowEdge) -> String? {
        catalog.channel(named: route.from)?.deliversTo.first { $0.channel.value == route.to }?.filter
    }
}
