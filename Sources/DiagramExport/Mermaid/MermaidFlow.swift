public import CatalogModel

/// A business flow of the catalog as a Mermaid sequence diagram: its steps, numbered, with the notes that stand beside
/// them, in people's names.
public struct MermaidFlow: Sendable {
    public var flow: Flow
    /// Where titles, protocols and routes come from.
    public var catalog: Catalog

    public init(flow: Flow, catalog: Catalog) {
        self.flow = flow
        self.catalog = catalog
    }

    /// The diagram's text, with a newline at its end.
    /// - Throws: where the diagram is larger than Mermaid draws.
    public func render() throws(DiagramFailure) -> String {
        let style = flow.style.map { "\($0.value.rawValue), " } ?? ""
        var document = MermaidDocument(
            kind: "sequenceDiagram", title: flow.documentation.title ?? flow.name,
            description: "\(style)\(flow.steps.count) steps")
        document.add("autonumber")
        let catalog = self.catalog
        var writer = SequenceWriter { Self.alias($0, in: catalog) }
        for step in flow.steps { add(step, to: &writer) }
        writer.write(to: &document)
        guard document.length <= DiagramFailure.maximumCharacters else { throw .tooLong(characters: document.length) }
        return document.text
    }

    private func add(_ step: Flow.Step, to writer: inout SequenceWriter) {
        let service = SequenceWriter.Participant(isChannel: false, name: step.service.value)
        let target = SequenceWriter.Participant(isChannel: step.action != .calls, name: step.target.value)
        let details = [step.note, step.isOptional ? "optional" : nil].compactMap(\.self)
        switch step.action {
        case .calls: writer.add(service, .call, target, (details.isEmpty ? ["call"] : details).joined(separator: ", "))
        case .publishes: writer.add(service, .message, target, (["publish"] + details).joined(separator: ", "))
        case .handles:
            addRoute(to: target, &writer)
            writer.add(target, .message, service, (["handle"] + details).joined(separator: ", "))
        }
    }

    /// A queue gets its messages from the topics that an earlier step of the flow publishes to.
    private func addRoute(to queue: SequenceWriter.Participant, _ writer: inout SequenceWriter) {
        let published = flow.steps.filter { $0.action == .publishes }.map(\.target.value)
        for topic in catalog.channels where published.contains(topic.name) {
            guard topic.deliversTo.contains(where: { $0.channel.value == queue.name }) else { continue }
            writer.add(SequenceWriter.Participant(isChannel: true, name: topic.name), .message, queue, "deliver")
        }
    }

    private static func alias(_ participant: SequenceWriter.Participant, in catalog: Catalog) -> String {
        let title =
            participant.isChannel
            ? catalog.channels.first { $0.name == participant.name }?.documentation.title
            : catalog.services.first { $0.name == participant.name }?.documentation.title
        guard let title, !title.isEmpty, title != participant.name else { return MermaidText.line(participant.name) }
        return "\(MermaidText.line(title))<br/>\(MermaidText.line(participant.name))"
    }
}
