import CatalogModel
import FlowMatching
import TraceModel

/// One node that says in words what the shapes and arrows of the diagram mean: only those which it has.
///
/// Sample nodes with sample arrows would be laid out among the real ones, and crossed by their arrows.
struct FlowchartLegend {
    private let lines: [String]

    /// - Parameter common: What is so of all that is drawn.
    init(_ plan: FlowchartPlan, _ common: [String] = []) {
        let (arrows, services, channels) = (plan.arrows, plan.services, plan.channels)
        let isUndocumented =
            arrows.contains { !$0.isDocumented } || services.contains { !$0.isDocumented }
            || channels.contains { !$0.isDocumented }
        let isQuiet =
            arrows.contains { $0.isDocumented && !$0.isObserved }
            || services.contains { $0.isDocumented && !$0.isObserved }
            || channels.contains { $0.isDocumented && !$0.isObserved }
        let marks = Set(plan.marks.values)
        // Between parts, arrows say in words what they stand for.
        let plain = arrows.filter { !$0.isBetweenParts && ($0.isDocumented || !plan.marksUndocumented) }
        let entries: [(Bool, String)] = [
            (marks.contains(.fails), "red: fails at once"),
            (marks.contains(.waits), "yellow: gets no messages"),
            (marks.contains(.mild), "green: goes on without"),
            (plain.contains(where: \.isCall), "thick arrow: call"),
            (plain.contains { !$0.isCall }, "thin arrow: message"),
            (plan.marksUndocumented && isUndocumented, "dashed: undocumented"),
            (plan.hasObservations && isQuiet, "grey: not observed"),
            (services.contains { !$0.kind.isInside }, "round: outside the system"),
            (services.contains { $0.kind == .gateway }, "double: gateway"),
            (services.contains { $0.kind == .orchestrator }, "double: orchestrator"),
            (channels.contains { $0.kind == .topic }, "hexagon: topic"),
            (channels.contains { $0.kind == .queue }, "cylinder: queue"),
            (plan.parts.contains(where: \.isBeside), "flag: another part"),
        ]
        lines = entries.filter(\.0).map(\.1) + common + plan.notes
    }

    func add(to document: inout MermaidDocument, _ ids: inout MermaidIDs, _ classes: inout FlowchartClasses) {
        guard !lines.isEmpty else { return }
        document.addBlank()
        let id = ids.id(.legend, "legend")
        document.add(FlowchartShape.rounded.node(id, MermaidText.label(lines)))
        classes.add(id, .legend)
    }
}
