import CatalogModel
import FlowMatching
import TraceModel

/// A frame that explains the shapes and arrows which the diagram has, and only those.
struct FlowchartLegend {
    private struct Line {
        let symbol: String
        let words: String
        var style: String?
    }

    private let lines: [Line]
    /// What is not drawn, in words; nil where everything is.
    private let note: String?
    private let shapes: [(words: String, shape: FlowchartShape, style: FlowchartStyle)]

    init(
        arrows: [FlowchartArrow], channels: [ChannelNode], services: [ServiceNode], hasObservations: Bool,
        leftOut: (services: Int, channels: Int)
    ) {
        var lines: [Line] = []
        if arrows.contains(where: { $0.kind == .calls && $0.isDocumented }) {
            lines.append(Line(symbol: "==>", words: "call"))
        }
        if arrows.contains(where: { $0.kind != .calls && $0.isDocumented }) {
            lines.append(Line(symbol: "-->", words: "message"))
        }
        if arrows.contains(where: { !$0.isDocumented }) {
            lines.append(Line(symbol: "-.->", words: "undocumented", style: FlowchartStyle.undocumentedLink))
        }
        if hasObservations, arrows.contains(where: { $0.isDocumented && !$0.isObserved }) {
            lines.append(Line(symbol: "-->", words: "not observed", style: FlowchartStyle.quietLink))
        }
        self.lines = lines
        var shapes: [(String, FlowchartShape, FlowchartStyle)] = []
        if services.contains(where: { !$0.kind.isInside }) { shapes.append(("outside", .stadium, .outside)) }
        if services.contains(where: { $0.kind == .gateway || $0.kind == .orchestrator }) {
            shapes.append(("gateway, orchestrator", .subroutine, .service))
        }
        shapes.append(("service", .box, .service))
        if channels.contains(where: { $0.kind == .topic }) { shapes.append(("topic", .hexagon, .topic)) }
        if channels.contains(where: { $0.kind == .queue }) { shapes.append(("queue", .cylinder, .queue)) }
        note = Self.note(leftOut)
        self.shapes = shapes.map { (words: $0.0, shape: $0.1, style: $0.2) }
    }

    var edgeCount: Int { lines.count }

    func add(
        to document: inout MermaidDocument, _ ids: inout MermaidIDs, _ classes: inout FlowchartClasses, firstLink: Int
    ) {
        document.addBlank()
        let group = ids.id(.group, "legend")
        document.add("subgraph \(group)[\"legend\"]")
        document.add("direction LR", depth: 2)
        var previous = ""
        var rest = lines[...]
        for (index, entry) in shapes.enumerated() {
            let id = ids.id(.legend, entry.words)
            document.add(entry.shape.node(id, MermaidText.label(entry.words)), depth: 2)
            classes.add(id, entry.style)
            if index > 0, let line = rest.popFirst() { add(line, previous, id, to: &document) }
            previous = id
        }
        for line in rest {
            let id = ids.id(.legend, line.words)
            document.add(FlowchartShape.box.node(id, "#nbsp;"), depth: 2)
            add(line, previous, id, to: &document)
            previous = id
        }
        if let note {
            let id = ids.id(.legend, "note")
            document.add(FlowchartShape.rounded.node(id, MermaidText.label(note)), depth: 2)
            classes.add(id, .quiet)
        }
        document.add("end")
        classes.add(group, .broker)
        for (offset, line) in lines.enumerated() {
            if let style = line.style { classes.addLink(firstLink + offset, style) }
        }
    }

    /// `not drawn: 1 service and 4 channels without arrows`
    private static func note(_ leftOut: (services: Int, channels: Int)) -> String? {
        let parts = [(leftOut.services, "service"), (leftOut.channels, "channel")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
        return parts.isEmpty ? nil : "not drawn: \(parts.joined(separator: " and ")) without arrows"
    }

    private func add(_ line: Line, _ from: String, _ to: String, to document: inout MermaidDocument) {
        document.add("\(from) \(line.symbol)|\"\(line.words)\"| \(to)", depth: 2)
    }
}
