import CatalogModel
import FlowMatching
import SourceDiagnostics
import TraceModel

/// All that is known of one thing, as the body of a Markdown page or of a block in a document: lines without a heading.
struct FactSheet {
    let facts: SystemFacts
    let tables: MarkdownTables
    let links: MarkdownLinks

    init(_ facts: SystemFacts, _ links: MarkdownLinks) {
        self.facts = facts
        self.links = links
        tables = MarkdownTables(facts: facts, links: links)
    }

    // MARK: - Sheets

    func service(_ name: String) -> [String]? {
        guard let node = facts.service(name) else { return nil }
        let service = facts.catalog.service(named: name)
        var facts = [node.isDocumented ? node.kind.rawValue : "undocumented service"]
        if let replicas = service?.replicas { facts.append(counted(replicas, "replica")) }
        if let discovery = service?.discovery { facts.append("found by \(MarkdownText.inline(discovery))") }
        let this = DiagramNode.service(name)
        return head(facts, service?.documentation, service?.span.place)
            + section("Publishes", publications(this)) + section("Subscribes to", subscriptions(this))
            + section("Calls", calls(from: this)) + section("Called by", calls(to: this)) + flows(of: this)
    }

    func channel(_ name: String) -> [String]? {
        guard let node = facts.channel(name) else { return nil }
        let channel = facts.catalog.channel(named: name)
        var facts = [
            (node.kind?.rawValue ?? "channel") + (node.system.isEmpty ? "" : " on \(MarkdownText.inline(node.system))")
        ]
        if !node.isDocumented { facts.append("undocumented") }
        if channel?.fifo == true { facts.append("FIFO") }
        if let partitions = channel?.partitions { facts.append(counted(partitions, "partition")) }
        if let retention = channel?.retention?.value { facts.append("kept \(retention.catalogText)") }
        if let target = channel?.deadLetter?.value { facts.append("dead letters to \(links.link(.channel, target))") }
        if let deprecated = channel?.deprecated { facts.append(self.deprecation(deprecated)) }
        let this = DiagramNode.channel(name)
        return head(facts, channel?.documentation, channel?.span.place)
            + section("Published by", publishers(this)) + section("Delivered from", routes(to: this))
            + section("Delivers to", routes(from: this)) + section("Subscribed by", handlers(of: name))
            + section("Messages", messages(channel)) + section("Guarantees", guarantees(channel, node))
            + flows(of: this)
    }

    func flow(_ name: String) -> [String]? {
        guard let flow = facts.catalog.flow(named: name) else { return nil }
        var facts = [flow.style?.value.rawValue ?? "flow"]
        if let orchestrator = flow.orchestrator?.value {
            facts.append("directed by \(links.link(.service, orchestrator))")
        }
        if flow.compensates { facts.append("failures are compensated") }
        let steps = flow.steps.enumerated().map { index, step in
            let kind: MarkdownLinks.Kind = step.action == .calls ? .service : .channel
            let note = [step.note, step.isOptional ? "optional" : nil].compactMap(\.self).joined(separator: ", ")
            return "\(index + 1). \(links.link(.service, step.service.value)) \(step.action.rawValue) "
                + links.link(kind, step.target.value) + (note.isEmpty ? "" : ": \(MarkdownText.inline(note))")
        }
        return head(facts, flow.documentation, flow.span.place)
            + section("Steps", steps.isEmpty ? nil : steps.joined(separator: "\n"))
    }

    func message(_ name: String) -> [String]? {
        guard let message = facts.catalog.message(named: name) else { return nil }
        var facts = ["message" + (message.version.map { ", version \(MarkdownText.inline($0))" } ?? "")]
        if let compatibility = message.compatibility {
            facts.append("\(MarkdownText.inline(compatibility)) compatible")
        }
        if let schema = message.schema?.value { facts.append("schema \(MarkdownText.code(schema))") }
        let carriers = self.facts.catalog.carriers(of: message.name)
        let publishers = carriers.flatMap { self.facts.edges(.publishes, to: .channel($0)).map(\.from) }
        let handlers = carriers.flatMap { self.facts.handlers(of: $0).map(\.to) }
        var table = MarkdownTable(["Carried by", "Published by", "Handled by"])
        if !carriers.isEmpty {
            table.add([
                tables.list(.channel, carriers), tables.list(.service, publishers.sorted()),
                tables.list(.service, handlers.sorted()),
            ])
        }
        return head(facts, message.documentation, message.span.place)
            + section("Where it goes", table.isEmpty ? nil : table.text)
            + section(
                "Example",
                message.example.map { "    " + $0.split(whereSeparator: \.isNewline).joined(separator: "\n    ") })
    }

    // MARK: - Parts

    private func head(_ facts: [String], _ documentation: Documentation?, _ place: String?) -> [String] {
        var facts = facts
        if let owner = documentation?.owner { facts.append("owner \(MarkdownText.inline(owner))") }
        if let domain = documentation?.domain { facts.append("domain \(MarkdownText.inline(domain))") }
        if let tags = documentation?.tags, !tags.isEmpty {
            facts.append("tags \(tags.map(MarkdownText.inline).joined(separator: ", "))")
        }
        var lines = [facts.joined(separator: " · "), ""]
        if let description = documentation?.description { lines += [MarkdownText.paragraphs(description), ""] }
        var pages = (documentation?.links ?? []).map(web)
        if let repository = documentation?.repository { pages.insert("Repository: \(web(repository))", at: 0) }
        if !pages.isEmpty { lines += pages.map { "- \($0)" } + [""] }
        if let place { lines += ["Defined at \(MarkdownText.code(place))", ""] }
        return lines
    }

    private func web(_ address: String) -> String {
        guard let page = webAddress(ofRepository: address) else { return MarkdownText.code(address) }
        return "[\(MarkdownText.inline(address))](\(MarkdownText.destination(page)))"
    }

    private func section(_ title: String, _ body: String?) -> [String] {
        guard let body, !body.isEmpty else { return [] }
        return ["## \(title)", "", body, ""]
    }

    private func section(_ title: String, _ table: MarkdownTable) -> [String] {
        section(title, table.isEmpty ? nil : table.text)
    }

    private func flows(of node: DiagramNode) -> [String] {
        let names = facts.flows(of: node)
        return section("Flows", names.map { "- \(links.link(.flow, $0))" }.joined(separator: "\n"))
    }

    private func deprecation(_ deprecation: Channel.Deprecation) -> String {
        let parts = [
            deprecation.since.map { "since \(MarkdownText.inline($0))" },
            deprecation.sunset.map { "until \(MarkdownText.inline($0.value))" },
            deprecation.use.map { "use \(links.link(.channel, $0.value))" },
        ].compactMap(\.self)
        return "deprecated" + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
    }
}
