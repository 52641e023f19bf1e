import CatalogModel
import FlowMatching
import TraceModel

/// Graphviz DOT: the flowchart for `dot`, of any size.
public struct DOTExport: ExportFormat {
    public let name = "dot"
    public let summary = "Graphviz, for pictures of any size"

    public init() {}

    public func export(
        _ system: ExportedSystem, _ settings: ExportSettings
    ) throws(DiagramFailure) -> [ExportedFile] {
        let chart = MermaidFlowchart(
            graph: system.graph, catalog: system.catalog, options: settings.flowchartOptions)
        var plan = try chart.plan()
        if settings.scope == .system, settings.title.isEmpty { plan.title = system.title }
        var writer = DOTWriter(plan, settings)
        return [ExportedFile(path: "", text: writer.text())]
    }
}

/// Writes one graph.
private struct DOTWriter {
    private let plan: FlowchartPlan
    private let settings: ExportSettings
    private var ids = MermaidIDs()
    private var idsOfNodes: [DiagramNode: String] = [:]
    private var lines: [String] = []

    init(_ plan: FlowchartPlan, _ settings: ExportSettings) {
        self.plan = plan
        self.settings = settings
    }

    mutating func text() -> String {
        lines = [
            "digraph flowglass {",
            "    graph [label=\(Self.quoted(plan.title)), labelloc=t, rankdir=\(settings.direction == .topDown ? "TB" : "LR"), fontname=\"sans-serif\", charset=\"UTF-8\"]",
            "    node [fontname=\"sans-serif\", style=filled]",
            "    edge [fontname=\"sans-serif\", fontsize=10]", "",
        ]
        for frame in FlowchartFrames(plan, settings.frames).frames { add(frame) }
        lines.append("")
        for arrow in plan.arrows { add(arrow) }
        lines.append("}")
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func add(_ frame: FlowchartFrames.Frame) {
        guard !(frame.services.isEmpty && frame.channels.isEmpty) else { return }
        let isFree = frame.kind == .none
        if !isFree {
            // Graphviz draws a frame around a subgraph whose name begins with this word.
            lines.append("    subgraph cluster_\(ids.id(frame.kind == .domain ? .domain : .group, frame.title)) {")
            lines.append("        label=\(Self.quoted(frame.title))")
            if frame.kind == .domain { lines.append("        style=dashed") }
        }
        let indent = isFree ? "    " : "        "
        for service in frame.services {
            let id = ids.id(.service, service.name)
            idsOfNodes[.service(service.name)] = id
            let shape = service.kind.isInside ? "shape=box" : "shape=box, style=\"filled,rounded\""
            lines.append(
                indent + "\(id) [label=\(Self.label(service.name, service.title)), \(shape)"
                    + look(
                        .service(service.name), service.kind.isInside ? .service : .outside, service.isDocumented,
                        service.isObserved)
                    + link(service) + "]")
        }
        for channel in frame.channels {
            let id = ids.id(.channel, channel.name)
            idsOfNodes[.channel(channel.name)] = id
            let shape = channel.kind == .queue ? "cylinder" : channel.kind == .topic ? "hexagon" : "ellipse"
            lines.append(
                indent + "\(id) [label=\(Self.label(channel.name, channel.title)), shape=\(shape)"
                    + look(
                        .channel(channel.name), channel.kind == .queue ? .queue : .topic, channel.isDocumented,
                        channel.isObserved)
                    + "]")
        }
        if !isFree { lines.append("    }") }
    }

    private func look(_ node: DiagramNode, _ style: FlowchartStyle, _ isDocumented: Bool, _ isObserved: Bool) -> String
    {
        if plan.marksUndocumented, !isDocumented {
            return ", style=\"filled,dashed\", fillcolor=\"#ffffff\", color=\"#c0392b\""
        }
        if plan.hasObservations, !isObserved {
            return ", fillcolor=\"#f4f4f4\", color=\"#b5b5b5\", fontcolor=\"#7d7d7d\""
        }
        let (fill, line) =
            switch plan.marks[node] ?? style {
            case .outside: ("#eeeeee", "#777777")
            case .topic: ("#ffe9c7", "#a86d12")
            case .queue: ("#d9f2e3", "#2c7a4f")
            case .fails: ("#fadbd8", "#b03a2e")
            case .waits: ("#fcf3cf", "#b7950b")
            default: ("#dbe8ff", "#3b66a8")
            }
        return ", fillcolor=\"\(fill)\", color=\"\(line)\"" + (node.name == plan.focus ? ", penwidth=3" : "")
    }

    private func link(_ service: ServiceNode) -> String {
        guard settings.hasLinks, let page = service.repository.flatMap(webAddress) else { return "" }
        return ", URL=\(Self.quoted(encodedURL(page)))"
    }

    private mutating func add(_ arrow: FlowchartArrow) {
        guard let source = idsOfNodes[arrow.source], let target = idsOfNodes[arrow.target] else { return }
        let words = arrow.words(marksUndocumented: plan.marksUndocumented, marksUnobserved: plan.hasObservations)
        var attributes = words.isEmpty ? [] : ["label=\(Self.quoted(words.joined(separator: ", ")))"]
        if arrow.isCall { attributes.append("penwidth=2.5") }
        if plan.marksUndocumented, !arrow.isDocumented {
            attributes.append("style=dashed, color=\"#c0392b\"")
        } else if plan.hasObservations, !arrow.isObserved {
            attributes.append("color=\"#b5b5b5\"")
        }
        lines.append(
            "    \(source) -> \(target)" + (attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"))
    }

    // MARK: - Text

    private static func label(_ name: String, _ title: String?) -> String {
        guard let title, !title.isEmpty, title != name else { return quoted(name) }
        return quoted("\(title)\n\(name)")
    }

    /// Graphviz reads backslashes as escapes and `&name;` as an entity even between quotes.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "&": result += "&amp;"
            case "\n": result += "\\n"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
