import CatalogModel

/// Says what follows when a service or channel stops, as the catalog knows it.
struct ImpactFinder: Sendable {
    private let graph: CatalogGraph

    /// A blast radius looks at the whole catalog. On larger ones than this it is only worked out when it is asked for,
    /// and not for every row that the cursor passes.
    private static let quickSize = 1_000

    /// - Complexity: O(catalog).
    init(_ catalog: Catalog = Catalog()) { graph = CatalogGraph(catalog) }

    /// Nil for what the catalog does not know.
    func radius(of node: Node) -> BlastRadius? {
        switch node {
        case .channel(let name):
            graph.channel(name).map { BlastRadius(of: CatalogNode(.channel, $0.name), in: graph) }
        case .service(let name):
            graph.service(name).map { BlastRadius(of: CatalogNode(.service, $0.name), in: graph) }
        }
    }

    /// `if it stops: 4 fail, 5 wait, 2 flows stop`; nil where that would take long, or nothing is known.
    func words(for node: Node) -> String? {
        guard graph.catalog.services.count + graph.catalog.channels.count <= Self.quickSize,
            let radius = radius(of: node)
        else { return nil }
        let failing = radius.failing.count { $0.effect.spreads }
        let losing = radius.waiting.count { $0.effect == .loses }
        let stopping = radius.flows.count(where: \.stops)
        let parts = [
            failing > 0 ? "\(failing) fail" : nil,
            losing > 0 ? "\(losing) lose messages" : nil,
            radius.waiting.count > losing ? "\(radius.waiting.count - losing) wait" : nil,
            stopping > 0 ? FigureText.counted(stopping, "flow") + (stopping == 1 ? " stops" : " stop") : nil,
        ].compactMap(\.self)
        return "if it stops: " + (parts.isEmpty ? "nobody else is hit" : parts.joined(separator: ", "))
    }

    /// The whole of it, as a text to read, copy and save.
    func text(of node: Node) -> String? {
        guard let radius = radius(of: node) else { return nil }
        var blocks = [[radius.headline(in: graph.catalog)]]
        func add(_ title: String, _ rows: [String]) {
            if !rows.isEmpty { blocks.append([title] + rows.map { "  \($0)" }) }
        }
        add(
            "fails at once",
            radius.failing.map { "\($0.service) \($0.effect.words): \($0.links.last?.sentence ?? $0.reason)" })
        let waiting = Dictionary(grouping: radius.waiting) { $0.effect == .loses }
        add("loses messages", (waiting[true] ?? []).map { "\($0.service): \($0.reason)" })
        add("only waits", (waiting[false] ?? []).map { "\($0.service) \($0.effect.words): \($0.reason)" })
        add("messages", radius.backlog.map { "\($0.service): \($0.channel), \($0.reason)" })
        add("flows", radius.flows.map { "\($0.flow) \($0.words): \($0.reason)" })
        add(
            "whom to ask",
            radius.owners.map { owner in
                let owned = owner.owned.map(\.name).joined(separator: ", ")
                return owner.owner.map { "\($0): \(owned)" } ?? "nobody is named for \(owned)"
            })
        return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }
}

extension ImpactFinder: Equatable {
    /// Always true: it is a function of the catalog, which stands beside it wherever it is kept.
    static func == (left: ImpactFinder, right: ImpactFinder) -> Bool { true }
}

extension DashboardModel {
    var obstacleToImpact: String? {
        guard let node = focusedNode else { return "nothing is selected" }
        let isKnown =
            switch node {
            case .channel(let name): facts.catalog.channel(named: name) != nil
            case .service(let name): facts.catalog.service(named: name) != nil
            }
        return isKnown ? nil : "the catalog does not know \(node.name)"
    }

    mutating func previewImpact() -> [Effect] {
        guard let node = focusedNode, let text = facts.impacts.text(of: node) else { return [] }
        let safe = node.name.map { $0.isLetter || $0.isNumber || $0 == "." ? $0 : "-" }
        overlay = .preview(
            TextPreview(
                title: "Blast radius of \(node.name)", text: text, fileName: "impact-\(String(safe.prefix(80))).txt",
                isProse: true))
        return []
    }
}
