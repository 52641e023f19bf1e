import TerminalText
import TerminalUI

/// A column of a screen's list.
struct ListColumn: Sendable, Equatable {
    var title: String
    var width: TableView.Width
    var alignment: TextAlignment = .left
    /// Columns of lower priority go first when there is no room.
    var priority = 0
    /// Whether the largest values are wanted first: true for figures.
    var sortsDescending = false
    /// A column that cannot be sorted by holds pictures.
    var isSortable = true

    init(
        _ title: String, width: TableView.Width, alignment: TextAlignment = .left, priority: Int = 0,
        sortsDescending: Bool = false, isSortable: Bool = true
    ) {
        self.title = title
        self.width = width
        self.alignment = alignment
        self.priority = priority
        self.sortsDescending = sortsDescending
        self.isSortable = isSortable
    }
}
