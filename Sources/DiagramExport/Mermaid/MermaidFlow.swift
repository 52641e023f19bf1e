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
        var writer = SequenceWriter(titles: catalog)
        for (index, step) in flow.steps.enumerated() { add(step, number: index + 1, to: &writer) }
        writer.write(to: &document)
        guard document.length <= DiagramFailure.maximumCharacters else { throw .tooLong(characters: document.length) }
        return document.text
    }

    private func add(_ step: Flow.Step, number: Int, to writer: inout SequenceWriter) {
        let service = SequenceWriter.Participant(isChannel: false, name: step.service.value)
        let target = SequenceWriter.Participant(isChannel: step.action != .calls, name: step.target.value)
        let details = [step.note, step.isOptional ? "optional" : nil].compactMap(\.self)
        switch step.action {
        case .calls:
            let way = catalog.service(named: service.name)?.calls.first { $0.service.value == target.name }
            let words = details.isEmpty ? [way?.protocol.map { protocolName($0.value) } ?? "call"] : details
            writer.add(service, .call, target, words.joined(separator: ", "))
        case .publishes: writer.add(service, .message, target, (["publish"] + details).joined(separator: ", "))
        case .handles:
            addRoute(to: target, before: number, &writer)
            writer.add(target, .message, service, (["handle"] + details).joined(separator: ", "))
        }
    }

    /// A queue gets its messages from the topics that an earlier step of the flow publishes to. That is no step of its
    /// own, and has no number.
    private func addRoute(
        to queue: SequenceWriter.Participant, before number: Int, _ writer: inout SequenceWriter
    ) {
        let published = flow.steps.filter { $0.action == .publishes }.map(\.target.value)
        let topics = catalog.channels.filter { topic in
            published.contains(topic.name) && topic.deliversTo.contains { $0.channel.value == queue.name }
        }
        guard !topics.isEmpty else { return }
        writer.addStatement("autonumber off")
        for topic in topics {
            writer.add(SequenceWriter.Participant(isChannel: true, name: topic.name), .message, queue, "deliver")
        }
        writer.addStatement("autonumber \(number)")
    }
}
