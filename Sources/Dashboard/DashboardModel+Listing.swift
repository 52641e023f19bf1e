import TerminalUI

extension DashboardModel {
    // MARK: - Marks

    /// Marks the selected row, or takes its mark away, and goes on to the next.
    mutating func toggleMark() -> [Effect] {
        guard let item = list.selectedItem else { return [] }
        let key = currentScreen.key(of: item, in: facts)
        if list.marks.remove(key) == nil { list.marks.insert(key) }
        moveSelection(to: list.position + 1)
        refreshList()
        return []
    }

    /// The next marked row that is shown; the last is followed by the first.
    mutating func goToNextMark() -> [Effect] {
        let count = list.rowCount
        for step in 1...max(1, count) {
            let row = (list.position + step) % max(1, count)
            guard let item = list.item(atRow: row), list.marks.contains(currentScreen.key(of: item, in: facts)) else {
                continue
            }
            moveSelection(to: row)
            return []
        }
        notice = "no marked row is shown: Esc shows the whole list"
        return []
    }

    mutating func clearMarks() -> [Effect] {
        list.marks = []
        refreshList()
        return []
    }

    // MARK: - Columns

    mutating func openColumns() -> [Effect] {
        overlay = .columns(
            ColumnChooser(
                shown: shownColumns, usual: currentScreen.columns(for: layout.list.width),
                count: currentScreen.columns.count))
        return []
    }

    /// The list follows what is chosen at once.
    mutating func changeColumns(_ change: (inout ColumnChooser) -> Void) -> [Effect] {
        guard case .columns(var chooser) = overlay else { return [] }
        change(&chooser)
        overlay = .columns(chooser)
        list.columns = chooser.shown == currentScreen.columns(for: layout.list.width) ? nil : chooser.shown
        return []
    }

    mutating func sortByChosenColumn() -> [Effect] {
        guard case .columns(let chooser) = overlay else { return [] }
        let column = chooser.order[chooser.position]
        guard currentScreen.columns[column].isSortable else {
            notice = "\(currentScreen.columns[column].title) holds pictures: it has no order"
            return []
        }
        sort(byClickOn: column)
        return []
    }
}
