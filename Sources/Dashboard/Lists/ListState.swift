import TerminalUI

/// What a person did to one screen's list: where they are, how it is sorted, what it is narrowed to.
///
/// The selection is a row's key, so that it stays on the same thing while rows come, go and move. Without a key it is
/// the first row, whatever that is: a list of newest things then follows what arrives.
struct ListState: Sendable, Equatable {
    private(set) var selectedKey: String?
    /// The place of the selection among the shown rows; 0 for an empty list.
    private(set) var position = 0
    private(set) var scrollOffset = 0
    var sort: SortChoice?
    var filter = Filter()
    var showsFaultsOnly = false
    /// The keys of the rows that a person marked.
    var marks: Set<String> = []
    /// The columns that a person chose, in their order; nil for the usual ones.
    var columns: [Int]?
    /// The items that are shown, in their order; nil for all of them in their own.
    private(set) var shown: [Int]?
    private(set) var itemCount = 0

    /// Whether rows may be hidden.
    var isNarrowed: Bool { !filter.isEmpty || showsFaultsOnly }

    var rowCount: Int { shown?.count ?? itemCount }

    /// The number of the item on a row.
    func item(atRow row: Int) -> Int? {
        guard row >= 0, row < rowCount else { return nil }
        return shown.map { $0[row] } ?? row
    }

    var selectedItem: Int? { item(atRow: position) }

    /// Selects a row by its place, and holds on to what is there now.
    mutating func select(row: Int, key: (Int) -> String) {
        guard rowCount > 0 else { return }
        position = min(max(0, row), rowCount - 1)
        selectedKey = item(atRow: position).map(key)
    }

    mutating func select(key: String?) {
        selectedKey = key
        if key == nil { position = 0 }
    }

    /// Takes over a new set of rows; the selection stays on its thing, and the thing on its line of the screen.
    ///
    /// A selection that is gone stays at its place in the list.
    mutating func show(_ items: [Int]?, of count: Int, visible: Int, key: (Int) -> String) {
        let line = position - scrollOffset
        shown = items
        itemCount = count
        guard rowCount > 0 else {
            (position, scrollOffset) = (0, 0)
            return
        }
        if let selectedKey {
            if let row = row(ofKey: selectedKey, key: key) {
                position = row
            } else {
                position = min(position, rowCount - 1)
                self.selectedKey = item(atRow: position).map(key)
            }
        } else {
            position = 0
        }
        scroll(visible: visible, previous: position - line)
    }

    /// Keeps the selection on the screen.
    mutating func scroll(visible: Int, previous: Int? = nil) {
        scrollOffset = TerminalUI.scrollOffset(
            selected: position, visible: visible, count: rowCount, previous: max(0, previous ?? scrollOffset))
    }

    /// - Complexity: O(1) where the thing did not move, O(rows) otherwise.
    private func row(ofKey wanted: String, key: (Int) -> String) -> Int? {
        if let item = item(atRow: position), key(item) == wanted { return position }
        for row in 0..<rowCount {
            if let item = item(atRow: row), key(item) == wanted { return row }
        }
        return nil
    }
}
