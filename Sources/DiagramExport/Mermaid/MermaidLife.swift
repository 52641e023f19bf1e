public import CatalogModel
public import FlowMatching
import TraceModel

/// The life of one message as a Mermaid state diagram: where it is from the moment it is published until it was handled,
/// expired, got lost, or lies in a dead-letter queue.
///
/// The catalog says what there is to say (retries, retention, dead letters), and the guarantee table what the broker does
/// with a message that nobody takes. Undocumented subscribers are part of the picture, and named as such.
public struct MermaidLife: Sendable {
    public var catalog: Catalog
    public var graph: FlowGraph
    /// A channel, or a message whose channels are drawn.
    public var name: String
    /// The same graph with its index, where more than one picture is drawn of it.
    var index: GraphIndex?

    public init(of name: String, catalog: Catalog, graph: FlowGraph) {
        self.name = name
        self.catalog = catalog
        self.graph = graph
    }

    /// The diagram's text, with a newline at its end.
    /// - Throws: where nothing has the name, or the diagram is larger than Mermaid draws.
    public func render() throws(DiagramFailure) -> String {
        let index = self.index ?? GraphIndex(graph)
        let starts = startingChannels(index)
        guard !starts.isEmpty else {
            throw .unknown(.message, name, among: graph.channels.map(\.name) + catalog.messages.map(\.name))
        }
        var writer = LifeWriter(catalog: catalog, index: index)
        for channel in starts { writer.begin(in: channel) }
        let title =
            catalog.message(named: name)?.documentation.title ?? catalog.channel(named: name)?.documentation.title
        var document = MermaidDocument(
            kind: "stateDiagram-v2", title: "The life of \(title ?? name)",
            description: "What becomes of \(name) from its publication on")
        writer.write(to: &document)
        guard document.length <= DiagramFailure.maximumCharacters else { throw .tooLong(characters: document.length) }
        return document.text
    }

    /// The channel itself; for a message the channels it is published to, or that carry it.
    private func startingChannels(_ index: GraphIndex) -> [String] {
        if index.channel(name) != nil { return [name] }
        let isThis = { (reference: String) in catalog.reference(reference, means: name) }
        let published = catalog.services.flatMap(\.publishes).filter { $0.message.map { isThis($0.value) } ?? false }
            .map(\.channel.value)
        if !published.isEmpty { return Set(published).sorted() }
        let carrying = catalog.channels.filter { $0.messages.contains { isThis($0.value) } }
        let behind = Set(carrying.flatMap(\.deliversTo).map(\.channel.value))
        return carrying.map(\.name).filter { !behind.contains($0) }
    }
}
