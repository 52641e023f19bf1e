import TerminalUI
import TraceModel

/// Draws a screen's list in its frame, and its pane below.
struct ListView {
    private let model: DashboardModel
    private let screen: any Screen

    init(_ model: DashboardModel) {
        self.model = model
        screen = model.currentScreen
    }

    /// The list as a table that asks for its visible rows only.
    var table: TableView {
        let list = model.list
        let chosen = model.shownColumns
        let columns = chosen.map { index in
            let column = screen.columns[index]
            return TableView.Column(
                column.id == "last-minute" && model.facts.rates.secondsPerValue == 60 ? "LAST HOUR" : column.title,
                width: screen.width(ofColumn: index, in: model), alignment: column.alignment,
                sort: list.sort?.column == index ? list.sort?.isDescending == true ? .descending : .ascending : nil,
                priority: column.priority)
        }
        return TableView(
            columns: columns, rowCount: list.rowCount, selected: list.position, scrollOffset: list.scrollOffset,
            glyphs: model.settings.glyphs
        ) { row in
            guard let item = list.item(atRow: row) else { return TableView.Row([]) }
            var cells = screen.row(of: item, columns: chosen, in: model)
            if !list.marks.isEmpty, list.marks.contains(screen.key(of: item, in: model.facts)) {
                // Beside what the row says of itself: a fault stays one.
                cells.marker = StyledText(model.settings.glyphs.bullet, model.settings.theme.key) + cells.marker
            }
            return cells
        }
    }

    func render(into buffer: inout Buffer, layout: FrameLayout) {
        draw(into: &buffer, layout: layout)
        // Until its own rows come, a moment shows those of another.
        if model.until != model.facts.snapshot.until { buffer.restyle(layout.frame.inset(), adding: .dim) }
    }

    private func draw(into buffer: inout Buffer, layout: FrameLayout) {
        let theme = model.settings.theme
        let glyphs = model.settings.glyphs
        let filter =
            hiddenSort(layout) + (model.list.showsFaultsOnly ? "  faults only" : "")
            + (model.list.filter.text.isEmpty ? "" : "  /\(model.list.filter.text)")
        buffer.box(
            layout.frame, title: screen.title + filter, style: theme.frame, titleStyle: theme.title,
            glyphs: glyphs.box, trailing: counts)
        if model.list.rowCount == 0 {
            renderEmpty(into: &buffer, in: layout.list)
        } else {
            var table = table
            table.titleStyle = theme.heading
            // In a walk the keyboard is in the pane: the row stays marked, but not as the thing that keys move.
            if model.walk != nil { table.selectedAttributes = .underline }
            if let bar = table.render(into: &buffer, in: layout.list) {
                buffer.markEnd(of: bar, in: layout.frame, glyph: glyphs.selectionEnd)
            }
        }
        guard layout.hasPane else { return }
        buffer.divider(
            layout.frame, y: layout.divider, title: screen.paneTitle(in: model), style: theme.frame,
            titleStyle: theme.title, glyphs: glyphs.box)
        screen.renderPane(in: model, into: &buffer, area: layout.pane)
    }

    /// By what the list is sorted, where no column shows it: `  by ERR▼`.
    private func hiddenSort(_ layout: FrameLayout) -> String {
        guard let sort = model.list.sort, !columnsWithRoom(in: layout.list).contains(sort.column) else { return "" }
        let glyphs = model.settings.glyphs
        return "  by \(screen.columns[sort.column].title)\(sort.isDescending ? glyphs.arrowDown : glyphs.arrowUp)"
    }

    /// The columns that are drawn, by their place among the screen's.
    func columnsWithRoom(in area: Rect) -> [Int] {
        let chosen = model.shownColumns
        return table.columnsWithRoom(in: area).map { chosen[$0] }
    }

    /// `14 of 212 channels`
    private var counts: String {
        guard screen.isKnown(in: model.facts) else { return "" }
        let list = model.list
        let noun = list.itemCount == 1 ? screen.noun.singular : screen.noun.plural
        let all = (screen.isPartial(in: model.facts) ? "newest " : "") + "\(list.itemCount) \(noun)"
        let marked = list.marks.isEmpty ? "" : "\(list.marks.count) marked, "
        return marked + (list.isNarrowed ? "\(list.rowCount) of \(all)" : all)
    }

    private func renderEmpty(into buffer: inout Buffer, in area: Rect) {
        let theme = model.settings.theme
        let lines =
            !model.list.isNarrowed || model.list.itemCount == 0
            ? screen.emptyText(in: model)
            : model.list.filter.isEmpty
                ? [
                    "nothing is wrong with any \(screen.noun.singular)",
                    "\(model.key("clear-filter")) shows the whole list again",
                ]
                : ["no \(screen.noun.singular) matches '\(model.list.filter.text)'"]
                    + [model.unknownFilterWord].compactMap(\.self) + screen.noMatchText(in: model)
        let top = max(0, (area.height - lines.count) / 3)
        for (row, line) in lines.enumerated() {
            buffer.writeLine(
                StyledText(line, row == 0 ? theme.heading : .plain), in: area.inset(columns: 2), row: top + row,
                ellipsis: model.settings.glyphs.ellipsis)
        }
    }
}

extension Buffer {
    /// Marks the frame behind the selected row, where its bar ends earlier: the eye finds both ends of the row.
    mutating func markEnd(of bar: Rect, in frame: Rect, glyph: String) {
        guard bar.right < frame.right - 1 else { return }
        write(glyph, x: frame.right - 1, y: bar.y, in: frame, style: .plain)
    }
}

extension Rect {
    /// What is left after taking so many columns from both sides.
    func inset(columns: Int) -> Rect { Rect(x: x + columns, y: y, width: width - 2 * columns, height: height) }
}
