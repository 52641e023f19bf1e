import TerminalUI

/// A screen: a list of one kind of thing, and a pane about the selected one.
///
/// Screens hold no state; they say how facts look. Adding one is its file and a line in `Screens.all`.
protocol Screen: Sendable {
    var id: ScreenID { get }
    /// The key of its tab.
    var digit: Int { get }
    /// The title of its tab.
    var title: String { get }
    /// What its rows are called: `channel`, `channels`.
    var noun: (singular: String, plural: String) { get }
    /// One sentence for the help.
    var summary: String { get }
    var columns: [ListColumn] { get }
    /// How to read its marks and words, a line each.
    func reading(_ glyphs: Glyphs) -> [String]
    /// What `field:` can be in its filter, beside `is:`.
    var filterFields: [String] { get }
    /// Words that `is:` knows.
    var filterWords: [String] { get }
    /// Actions that only this screen has.
    var actions: [Action] { get }

    func itemCount(in facts: SystemFacts) -> Int
    /// What makes a row the same row in the next snapshot.
    func key(of item: Int, in facts: SystemFacts) -> String
    /// The cells of the given columns, in their order.
    func row(of item: Int, columns: [Int], in model: DashboardModel) -> TableView.Row
    func sortKey(of item: Int, column: Int, in facts: SystemFacts) -> SortKey
    /// Whether someone should look: what "faults only" keeps.
    func isFaulty(_ item: Int, in facts: SystemFacts) -> Bool
    func texts(of item: Int, in facts: SystemFacts) -> RowTexts
    /// The raised number behind the tab's title; nil for none.
    func badge(in facts: SystemFacts) -> Int?
    /// Whether it is known what the list holds: before, an empty one says nothing.
    func isKnown(in facts: SystemFacts) -> Bool
    /// How wide a column is.
    func width(ofColumn index: Int, in model: DashboardModel) -> TableView.Width
    /// Whether the list is only the newest part of what there is.
    func isPartial(in facts: SystemFacts) -> Bool
    /// What its figures are of, where that is not the window; for the frame.
    func figuresText(in model: DashboardModel) -> String?
    /// What to do when nothing of the list matches its filter, a line each.
    func noMatchText(in model: DashboardModel) -> [String]
    /// What would fill the empty list, a line each.
    func emptyText(in model: DashboardModel) -> [String]
    /// The name or id that `y` copies.
    func copyText(of item: Int, in facts: SystemFacts) -> String
    /// Where the row is defined.
    func place(of item: Int, in facts: SystemFacts) -> FilePlace?
    /// What a diagram of the row shows.
    func diagram(of item: Int, in facts: SystemFacts) -> DiagramFocus

    /// The rows that a pane below the list takes of so many; 0 for no pane.
    func paneHeight(of height: Int) -> Int
    /// The title of the pane.
    func paneTitle(in model: DashboardModel) -> String
    func renderPane(in model: DashboardModel, into buffer: inout Buffer, area: Rect)
    /// The node under a place of the pane, for a click.
    func paneTarget(in model: DashboardModel, area: Rect, x: Int, y: Int) -> Node?
}

/// Which screen.
struct ScreenID: Sendable, Hashable {
    var name: String

    init(_ name: String) { self.name = name }
}

/// A line of a file.
struct FilePlace: Sendable, Equatable {
    var path: String
    /// From 1.
    var line: Int
}

extension Screen {
    func reading(_ glyphs: Glyphs) -> [String] { [] }
    var filterWords: [String] { [] }
    var actions: [Action] { [] }
    func badge(in facts: SystemFacts) -> Int? { nil }
    func isKnown(in facts: SystemFacts) -> Bool { true }
    func width(ofColumn index: Int, in model: DashboardModel) -> TableView.Width { columns[index].width }
    func isPartial(in facts: SystemFacts) -> Bool { false }
    func figuresText(in model: DashboardModel) -> String? { nil }
    func noMatchText(in model: DashboardModel) -> [String] {
        ["\(model.key("clear-filter")) shows the whole list again"]
    }
    func diagram(of item: Int, in facts: SystemFacts) -> DiagramFocus { .system }
    func paneHeight(of height: Int) -> Int { 0 }
    func paneTitle(in model: DashboardModel) -> String { "" }
    func renderPane(in model: DashboardModel, into buffer: inout Buffer, area: Rect) {}
    func paneTarget(in model: DashboardModel, area: Rect, x: Int, y: Int) -> Node? { nil }

    /// The columns that a list shows when nobody chose any, if there is room.
    var usualColumns: [Int] { columns.indices.filter { !columns[$0].isExtra } }

    /// The usual columns, and of the others the most important ones that have room beside them at their best widths.
    func columns(for width: Int) -> [Int] {
        let columns = columns
        var shown = Set(usualColumns)
        var room = width - 2 - shown.reduce(0) { $0 + columns[$1].comfortableWidth + 2 }
        let others = columns.indices.filter { columns[$0].isExtra }
            .sorted { (-columns[$0].priority, $0) < (-columns[$1].priority, $1) }
        for index in others where columns[index].comfortableWidth + 2 <= room {
            shown.insert(index)
            room -= columns[index].comfortableWidth + 2
        }
        return shown.sorted()
    }

    /// The share of the height that suits most panes: two fifths, 5 to 16 lines, nothing where the list would vanish.
    func usualPaneHeight(of height: Int) -> Int { height < 10 ? 0 : min(16, max(5, height * 2 / 5)) }

    /// For what a finding says: half of the height, less where little would be left of the list.
    func findingPaneHeight(of height: Int) -> Int { height < 9 ? 0 : max(min(9, height - 6), height / 2) }

    /// The items that a list shows after filtering and sorting; nil when that is all of them in their order.
    func shownItems(_ state: ListState, in facts: SystemFacts) -> [Int]? {
        let count = itemCount(in: facts)
        guard !state.filter.isEmpty || state.sort != nil || state.showsFaultsOnly else { return nil }
        var items = Array(0..<count)
        if state.showsFaultsOnly { items = items.filter { isFaulty($0, in: facts) } }
        if !state.filter.isEmpty {
            items = items.filter { item in
                state.filter.matches(texts(of: item, in: facts)) { state.marks.contains(key(of: item, in: facts)) }
            }
        }
        if let sort = state.sort {
            let keyed = items.map { (item: $0, key: sortKey(of: $0, column: sort.column, in: facts)) }
            items = keyed.sorted {
                if $0.key == $1.key { return $0.item < $1.item }
                return SortKey.comesBefore($0.key, $1.key, descending: sort.isDescending)
            }.map(\.item)
        }
        return items
    }
}

/// The screens, in the order of their tabs.
enum Screens {
    static let all: [any Screen] = [
        TopicsScreen(),
        ServicesScreen(),
        FlowsScreen(),
        TracesScreen(),
        DriftScreen(),
        LintScreen(),
    ]

    static func screen(_ id: ScreenID) -> any Screen { all.first { $0.id == id } ?? TopicsScreen() }
}
