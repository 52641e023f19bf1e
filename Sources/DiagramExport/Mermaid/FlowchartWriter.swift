import CatalogModel
import FlowMatching
import TraceModel

/// Writes one flowchart: nodes, arrows, then the classes and link styles that refer to both.
struct FlowchartWriter {
    private let options: MermaidFlowchart.Options
    private let services: [ServiceNode]
    private let channels: [ChannelNode]
    private let arrows: [FlowchartArrow]
    private let hasObservations: Bool
    /// Things that no arrow leads to or from: a picture of arrows has no place for them.
    private let leftOut: (services: Int, channels: Int)
    private let legend: FlowchartLegend?

    init(graph: FlowGraph, part: FlowGraphPart, options: MermaidFlowchart.Options) {
        self.options = options
        let edges = graph.edges.filter(part.contains)
        arrows = FlowchartArrow.arrows(of: edges)
        hasObservations = graph.edges.contains(where: \.isObserved)
        let order = ReadingOrder(graph)
        let all = (
            services: graph.services.filter { part.services.contains($0.name) }.sorted(by: order.isBefore),
            channels: graph.channels.filter { part.channels.contains($0.name) }
        )
        let ends = ArrowEnds(arrows, focus: options.focus)
        services = arrows.isEmpty ? all.services : all.services.filter { ends.services.contains($0.name) }
        channels = arrows.isEmpty ? all.channels : all.channels.filter { ends.channels.contains($0.name) }
        leftOut = (all.services.count - services.count, all.channels.count - channels.count)
        legend =
            options.hasLegend
            ? FlowchartLegend(
                arrows: arrows, channels: channels, services: services, hasObservations: hasObservations,
                leftOut: leftOut) : nil
    }

    var edgeCount: Int { arrows.count }

    func document() -> MermaidDocument {
        var document = MermaidDocument(
            kind: "flowchart \(options.direction.rawValue)", title: title, description: description)
        var ids = MermaidIDs()
        var classes = FlowchartClasses()
        let serviceIDs = addServices(to: &document, &ids, &classes)
        let channelIDs = addChannels(to: &document, &ids, &classes)
        document.addBlank()
        for (index, arrow) in arrows.enumerated() {
            guard
                let from = (arrow.kind == .calls || arrow.kind == .publishes ? serviceIDs : channelIDs)[arrow.from],
                let to = (arrow.kind == .calls || arrow.kind == .consumes ? serviceIDs : channelIDs)[arrow.to]
            else { continue }
            let words = arrow.words(marksUnobserved: hasObservations)
            let label = words.isEmpty ? "" : "|\"\(MermaidText.label(words.joined(separator: ", ")))\"|"
            document.add("\(from) \(arrow.symbol)\(label) \(to)")
            if !arrow.isDocumented {
                classes.addLink(index, FlowchartStyle.undocumentedLink)
            } else if hasObservations, !arrow.isObserved {
                classes.addLink(index, FlowchartStyle.quietLink)
            }
        }
        legend?.add(to: &document, &ids, &classes)
        classes.add(to: &document)
        return document
    }

    private var title: String {
        if !options.title.isEmpty { return options.title }
        return options.focus.map { "Around \($0)" } ?? "Who publishes, who subscribes"
    }

    private var description: String {
        func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
        return "\(count(services.count, "service")), \(count(channels.count, "channel")), "
            + count(arrows.count, "arrow")
    }

    private func addServices(
        to document: inout MermaidDocument, _ ids: inout MermaidIDs, _ classes: inout FlowchartClasses
    ) -> [String: String] {
        document.addBlank()
        var idsByName: [String: String] = [:]
        for service in services {
            let id = ids.id(.service, service.name)
            idsByName[service.name] = id
            document.add(FlowchartShape(service.kind).node(id, Self.label(service.name, title: service.title)))
            classes.add(
                id, service.kind.isInside ? .service : .outside, isDocumented: service.isDocumented,
                isQuiet: hasObservations && !service.isObserved, isFocus: service.name == options.focus)
        }
        return idsByName
    }

    /// Channels stand in a frame for each messaging system.
    private func addChannels(
        to document: inout MermaidDocument, _ ids: inout MermaidIDs, _ classes: inout FlowchartClasses
    ) -> [String: String] {
        var idsByName: [String: String] = [:]
        let systems = Dictionary(grouping: channels, by: \.system)
        for system in systems.keys.sorted() {
            document.addBlank()
            let depth = system.isEmpty ? 1 : 2
            if !system.isEmpty {
                let group = ids.id(.group, system)
                document.add("subgraph \(group)[\"\(MermaidText.label(system))\"]")
                classes.add(group, .broker)
            }
            for channel in systems[system] ?? [] {
                let kind: MermaidIDs.Kind = channel.kind.map { $0 == .topic ? .topic : .queue } ?? .channel
                let id = ids.id(kind, channel.name)
                idsByName[channel.name] = id
                let label = Self.label(channel.name, title: channel.title)
                document.add(FlowchartShape(channel.kind).node(id, label), depth: depth)
                classes.add(
                    id, channel.kind == .queue ? .queue : .topic, isDocumented: channel.isDocumented,
                    isQuiet: hasObservations && !channel.isObserved, isFocus: channel.name == options.focus)
            }
            if !system.isEmpty { document.add("end") }
        }
        return idsByName
    }

    /// What arrows lead to or from; the focus has a place even without any.
    private struct ArrowEnds {
        var services: Set<String> = []
        var channels: Set<String> = []

        init(_ arrows: [FlowchartArrow], focus: String?) {
            if let focus {
                services.insert(focus)
                channels.insert(focus)
            }
            for arrow in arrows {
                switch arrow.kind {
                case .calls: services.formUnion([arrow.from, arrow.to])
                case .delivers: channels.formUnion([arrow.from, arrow.to])
                case .publishes, .consumes:
                    services.insert(arrow.kind == .publishes ? arrow.from : arrow.to)
                    channels.insert(arrow.kind == .publishes ? arrow.to : arrow.from)
                }
            }
        }
    }

    /// The title for people above the name for machines.
    static func label(_ name: String, title: String?) -> String {
        guard let title, !title.isEmpty, title != name else { return MermaidText.label(name) }
        return "\(MermaidText.label(title))<br/>\(MermaidText.label(name))"
    }
}
