import CatalogModel
import FlowMatching
import TraceModel

/// One node that says in words what the shapes and arrows of the diagram mean: only those which it has.
///
/// Sample nodes with sample arrows would be laid out among the real ones, and crossed by their arrows.
struct FlowchartLegend {
    private let lines: [String]

    init(_ plan: FlowchartPlan) {
        let (arrows, services, channels) = (plan.arrows, plan.services, plan.channels)
        let isUndocumented =
            arrows.contains { !$0.isDocumented } || services.contains { !$0.isDocumented }
            || channels.contains { !$0.isDocumented }
        let isQuiet =
            arrows.contains { $0.isDocumented && !$0.isObserved }
            || services.contains { $0.isDocumented && !$0.isObserved }
            || channels.contains { $0.isDocumented && !$0.isObserved }
        let marks = Set(plan.marks.values)
        let entries: [(Bool, String)] = [
            (marks.contains(.fails), "red: fails at once"),
            (marks.contains(.waits), "yellow: gets no messages"),
            (marks.contains(.mild), "green: goes on without"),
            (arrows.contains { $0.isCall && ($0.isDocumented || !plan.marksUndocumented) }, "thick arrow: call"),
            (arrows.contains { !$0.isCall && ($0.isDocumented || !plan.marksUndocumented) }, "thin arrow: message"),
            (plan.marksUndocumented && isUndocumented, "dashed: undocumented"),
            (plan.hasObservations && isQuiet, "grey: not observed"),
            (services.contains { !$0.kind.isInside }, "round: outside the system"),
            (
                services.contains { $0.kind == .gateway || $0.kind == .orchestrator },
                "double: gateway, orchestrator"
            ),
            (channels.contains { $0.kind == .topic }, "hexagon: topic"),
            (channels.contains { $0.kind == .queue }, "cylinder: queue"),
            (!plan.parts.isEmpty && !(services.isEmpty && channels.isEmpty), "flag: another part of the system"),
        ]
        lines = entries.filter(\.0).map(\.1) + plan.notes
    }

    func add(to document: inout MermaidDocument, _ ids: inout MermaidIDs, _ classes: inout FlowchartClasses) {
        guard !lines.isEmpty else { return }
        document.addBlank()
        let id = ids.id(.legend, "legend")
        document.add(FlowchartShape.rounded.node(id, MermaidText.label(lines)))
        classes.add(id, .legend)
    }
}
