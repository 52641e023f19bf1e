import CatalogModel
import FlowMatching
import TraceModel

/// One node that says in words what the shapes and arrows of the diagram mean: only those which it has.
///
/// Sample nodes with sample arrows would be laid out among the real ones, and crossed by their arrows.
struct FlowchartLegend {
    private let lines: [String]

    /// - Parameter leftOut: How many things the diagram has no place for, because no arrow leads to them.
    init(
        arrows: [FlowchartArrow], channels: [ChannelNode], services: [ServiceNode], hasObservations: Bool,
        leftOut: (services: Int, channels: Int)
    ) {
        let entries: [(Bool, String)] = [
            (arrows.contains { $0.kind == .calls && $0.isDocumented }, "thick arrow: call"),
            (arrows.contains { $0.kind != .calls && $0.isDocumented }, "thin arrow: message"),
            (
                arrows.contains { !$0.isDocumented } || services.contains { !$0.isDocumented }
                    || channels.contains { !$0.isDocumented }, "dashed: undocumented"
            ),
            (
                hasObservations
                    && (arrows.contains { $0.isDocumented && !$0.isObserved }
                        || services.contains { $0.isDocumented && !$0.isObserved }
                        || channels.contains { $0.isDocumented && !$0.isObserved }),
                "grey: not observed"
            ),
            (services.contains { !$0.kind.isInside }, "round: outside the system"),
            (
                services.contains { $0.kind == .gateway || $0.kind == .orchestrator },
                "double: gateway, orchestrator"
            ),
            (channels.contains { $0.kind == .topic }, "hexagon: topic"),
            (channels.contains { $0.kind == .queue }, "cylinder: queue"),
        ]
        lines = entries.filter(\.0).map(\.1) + [Self.note(leftOut)].compactMap(\.self)
    }

    func add(to document: inout MermaidDocument, _ ids: inout MermaidIDs, _ classes: inout FlowchartClasses) {
        guard !lines.isEmpty else { return }
        document.addBlank()
        let id = ids.id(.legend, "legend")
        document.add(FlowchartShape.rounded.node(id, lines.map(MermaidText.label).joined(separator: "<br/>")))
        classes.add(id, .legend)
    }

    /// `not drawn: 1 service and 4 channels without arrows`
    private static func note(_ leftOut: (services: Int, channels: Int)) -> String? {
        let parts = [(leftOut.services, "service"), (leftOut.channels, "channel")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
        return parts.isEmpty ? nil : "not drawn: \(parts.joined(separator: " and ")) without arrows"
    }
}
