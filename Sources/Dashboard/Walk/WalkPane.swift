import TerminalUI

/// The pane of Topics and Services: the neighbourhood of what is selected, or of where a walk stands.
enum WalkPane {
    /// The name of the place, or the way that led there.
    static func title(in model: DashboardModel) -> String {
        guard let walk = model.walk else { return model.focus?.centre.name ?? "" }
        let arrow = " \(model.settings.glyphs.selection) "
        let tail = walk.path.suffix(5).map(\.name).joined(separator: arrow)
        return (walk.path.count > 5 ? model.settings.glyphs.ellipsis + arrow : "") + tail
    }

    static func render(_ model: DashboardModel, into buffer: inout Buffer, in area: Rect) {
        pane(model)?.render(into: &buffer, in: area.inset(columns: 1))
    }

    static func target(_ model: DashboardModel, _ area: Rect, x: Int, y: Int) -> Node? {
        guard let pane = pane(model) else { return nil }
        return pane.layout(in: area.inset(columns: 1)).target(x: x, y: y, in: pane.graph)
    }

    private static func pane(_ model: DashboardModel) -> FocusPane? {
        model.focus.map { FocusPane(graph: $0, walk: model.walk, facts: model.facts, settings: model.settings) }
    }
}
