import TerminalText
import TerminalUI
import TraceModel

/// The figures of every edge of a focus graph, a line each: what the picture has no room for.
///
///     FROM               TO                    MESSAGES  RATE/s  LAG p50  LAG p95  …
///     order              ⊚ order.completed         1.2k    41.0        —        —
///     ⊚ order.completed  ⊟ inventory-orders        1.2k    41.0     12ms     44ms
struct EdgeTable {
    let graph: FocusGraph
    let facts: SystemFacts
    let settings: DashboardSettings

    /// The lines that it takes: a title, and one for each edge.
    var height: Int { 1 + graph.left.count + graph.right.count }

    func render(into buffer: inout Buffer, in area: Rect) {
        let edges = graph.left.map { ($0, true) } + graph.right.map { ($0, false) }
        var table = TableView(columns: Self.columns, rowCount: edges.count, glyphs: settings.glyphs) {
            row(edges[$0].0, isIncoming: edges[$0].1)
        }
        table.titleStyle = settings.theme.heading
        table.render(into: &buffer, in: area)
    }

    private static let columns: [TableView.Column] = [
        TableView.Column("FROM", width: .fit(min: 18, max: 40), priority: 9),
        TableView.Column("TO", width: .fit(min: 18, max: 40), priority: 9),
        TableView.Column("WHAT", width: .fit(min: 8, max: 40), priority: 2),
        TableView.Column("KNOWN FROM", width: .fit(min: 10, max: 17), priority: 3),
        TableView.Column("MESSAGES", width: .fixed(8), alignment: .right, priority: 6),
        TableView.Column("RATE/s", width: .fixed(7), alignment: .right, priority: 8),
        TableView.Column("LAG p50", width: .fixed(7), alignment: .right, priority: 5),
        TableView.Column("LAG p95", width: .fixed(7), alignment: .right, priority: 7),
        TableView.Column("LAG p99", width: .fixed(7), alignment: .right, priority: 5),
        TableView.Column("WORK p50", width: .fixed(8), alignment: .right, priority: 4),
        TableView.Column("WORK p95", width: .fixed(8), alignment: .right, priority: 4),
        TableView.Column("WORK p99", width: .fixed(8), alignment: .right, priority: 4),
        TableView.Column("ERR", width: .fixed(6), alignment: .right, priority: 6),
        TableView.Column("DUPLICATES", width: .fixed(10), alignment: .right, priority: 3),
        TableView.Column("LAST SEEN", width: .fixed(9), alignment: .right, priority: 2),
    ]

    private func row(_ neighbour: FocusGraph.Neighbour, isIncoming: Bool) -> TableView.Row {
        let (centre, partner) = (label(graph.centre), label(neighbour.node))
        let summary = neighbour.summary
        let dash = settings.glyphs.dash
        let lastSeen = summary.lastSeen
        func time(_ value: UInt64?) -> StyledText { StyledText(value.map(durationText) ?? dash) }
        return TableView.Row([
            StyledText(isIncoming ? partner : centre), StyledText(isIncoming ? centre : partner),
            StyledText(what(neighbour), settings.theme.dim), known(neighbour),
            StyledText(neighbour.isDeadLetters ? dash : FigureText.count(summary.messages)),
            StyledText(neighbour.isDeadLetters ? dash : FigureText.rate(neighbour.rate)),
            time(summary.wait(0.5)), time(summary.wait(0.95)), time(summary.wait(0.99)),
            time(summary.work(0.5)), time(summary.work(0.95)), time(summary.work(0.99)),
            StyledText(summary.errorText ?? dash, summary.isAlarming ? settings.theme.bad : .plain),
            StyledText(
                FigureText.count(summary.duplicates), summary.duplicates > 0 ? settings.theme.warning : .plain),
            StyledText(lastSeen == 0 ? dash : FigureText.age(of: lastSeen, at: facts.moment)),
        ])
    }

    private func label(_ node: Node) -> String { NeighbourText.label(node, in: facts, settings.glyphs) }

    private func what(_ neighbour: FocusGraph.Neighbour) -> String {
        if neighbour.isDeadLetters { return "dead letters" }
        if neighbour.isCall { return neighbour.note.isEmpty ? "calls" : neighbour.note }
        return "messages"
    }

    /// Which of both halves says that there is such an edge.
    private func known(_ neighbour: FocusGraph.Neighbour) -> StyledText {
        switch neighbour.difference {
        case .undocumented, .undefined: StyledText("spans only", settings.theme.warning)
        case .unobserved: StyledText("catalog only", settings.theme.dim)
        case nil: StyledText(neighbour.isDeadLetters ? "catalog only" : "catalog and spans", settings.theme.dim)
        }
    }
}
