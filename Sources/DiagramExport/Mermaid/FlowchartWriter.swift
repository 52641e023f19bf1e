import CatalogModel
import FlowMatching
import TraceModel

/// Writes one flowchart: nodes in their frames, arrows, then the classes and link styles that refer to both.
struct FlowchartWriter {
    let plan: FlowchartPlan
    let options: MermaidFlowchart.Options

    private var ids = MermaidIDs()
    private var idsOfNodes: [DiagramNode: String] = [:]
    private var classes = FlowchartClasses()
    private var links: [String] = []
    private var document: MermaidDocument

    init(_ plan: FlowchartPlan, _ options: MermaidFlowchart.Options) {
        self.plan = plan
        self.options = options
        document = MermaidDocument(
            kind: "flowchart \(options.direction.rawValue)", title: plan.title, description: plan.description)
    }

    /// The diagram's text.
    /// - Throws: where it is larger than Mermaid draws.
    static func render(_ plan: FlowchartPlan, _ options: MermaidFlowchart.Options) throws(DiagramFailure) -> String {
        guard plan.arrows.count <= DiagramFailure.maximumEdges else { throw .tooManyEdges(plan.arrows.count) }
        var writer = FlowchartWriter(plan, options)
        writer.write()
        let length = writer.document.length
        guard length <= DiagramFailure.maximumCharacters else { throw .tooLong(characters: length) }
        return writer.document.text
    }

    private mutating func write() {
        addParts()
        let frames = FlowchartFrames(plan, options.frames)
        for frame in frames.frames { add(frame) }
        addArrows()
        if options.hasLegend { FlowchartLegend(plan, frames.common).add(to: &document, &ids, &classes) }
        classes.add(to: &document)
        if !links.isEmpty { document.addBlank() }
        for link in links { document.add(link) }
    }

    // MARK: - Nodes

    private mutating func addParts() {
        guard !plan.parts.isEmpty else { return }
        document.addBlank()
        for part in plan.parts {
            let id = ids.id(.part, part.name)
            idsOfNodes[.part(part.name)] = id
            let label = MermaidText.label([part.label ?? part.name, part.summary])
            document.add((part.isBeside ? FlowchartShape.flag : .box).node(id, label))
            classes.add(id, .part)
            if options.hasLinks, let link = part.link { addLink(id, link, "_self") }
        }
    }

    private mutating func add(_ frame: FlowchartFrames.Frame) {
        guard !(frame.services.isEmpty && frame.channels.isEmpty) else { return }
        document.addBlank()
        let depth = frame.kind == .none ? 1 : 2
        if frame.kind != .none {
            let group = ids.id(frame.kind == .domain ? .domain : .group, frame.title)
            document.add("subgraph \(group)[\"\(MermaidText.label(frame.title))\"]")
            classes.add(group, frame.kind == .domain ? .domain : .broker)
        }
        for service in frame.services { add(service, depth: depth) }
        if frame.kind == .none, !frame.services.isEmpty, !frame.channels.isEmpty { document.addBlank() }
        for channel in frame.channels { add(channel, depth: depth) }
        if frame.kind != .none { document.add("end") }
    }

    private mutating func add(_ service: ServiceNode, depth: Int) {
        let id = ids.id(.service, service.name)
        idsOfNodes[.service(service.name)] = id
        document.add(
            FlowchartShape(service.kind).node(id, label(.service(service.name), title: service.title)), depth: depth)
        style(
            id, .service(service.name), service.kind.isInside ? .service : .outside,
            isDocumented: service.isDocumented, isObserved: service.isObserved)
        if options.hasLinks, let repository = service.repository, let link = webAddress(ofRepository: repository) {
            addLink(id, link, "_blank")
        }
    }

    private mutating func add(_ channel: ChannelNode, depth: Int) {
        let kind: MermaidIDs.Kind = channel.kind.map { $0 == .topic ? .topic : .queue } ?? .channel
        let id = ids.id(kind, channel.name)
        idsOfNodes[.channel(channel.name)] = id
        document.add(
            FlowchartShape(channel.kind).node(id, label(.channel(channel.name), title: channel.title)), depth: depth)
        style(
            id, .channel(channel.name), channel.kind == .queue ? .queue : .topic, isDocumented: channel.isDocumented,
            isObserved: channel.isObserved)
    }

    /// What a node is, unless something is odd about it.
    private mutating func style(
        _ id: String, _ node: DiagramNode, _ ordinary: FlowchartStyle, isDocumented: Bool, isObserved: Bool
    ) {
        if let mark = plan.marks[node] {
            classes.add(id, mark)
        } else if plan.marksUndocumented, !isDocumented {
            classes.add(id, .undocumented)
        } else {
            classes.add(id, plan.hasObservations && !isObserved ? .quiet : ordinary)
        }
        if node.name == plan.focus { classes.add(id, .focus) }
    }

    private mutating func addLink(_ id: String, _ link: String, _ window: String) {
        links.append("click \(id) href \"\(encodedURL(link))\" \(window)")
    }

    // MARK: - Arrows

    private mutating func addArrows() {
        document.addBlank()
        var index = 0
        for arrow in plan.arrows {
            guard let source = idsOfNodes[arrow.source], let target = idsOfNodes[arrow.target] else { continue }
            let words = arrow.words(
                marksUndocumented: plan.marksUndocumented, marksUnobserved: plan.hasObservations)
            let label = words.isEmpty ? "" : "|\"\(MermaidText.label(words.joined(separator: ", ")))\"|"
            document.add("\(source) \(arrow.symbol(marksUndocumented: plan.marksUndocumented))\(label) \(target)")
            if plan.marksUndocumented, !arrow.isDocumented {
                classes.addLink(index, FlowchartStyle.undocumentedLink)
            } else if plan.hasObservations, !arrow.isObserved {
                classes.addLink(index, FlowchartStyle.quietLink)
            }
            index += 1
        }
    }

    /// The title for people above the name for machines, and what there is to say about it below.
    private func label(_ node: DiagramNode, title: String?) -> String {
        let people = title.flatMap { $0.isEmpty || $0 == node.name ? nil : $0 }
        return MermaidText.label([people, node.name, plan.captions[node]].compactMap(\.self))
    }
}
