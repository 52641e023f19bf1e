import TerminalText
import TerminalUI
import TraceModel

/// A column of a screen's list: how it is called, and how it takes its room.
struct ListColumn: Sendable, Equatable {
    /// What the configuration file calls it: `lag-p95`.
    var id: String
    var title: String
    /// What it says, in a clause.
    var help: String
    var width: TableView.Width
    var alignment: TextAlignment = .left
    /// Columns of lower priority go first when there is no room.
    var priority = 0
    /// Whether the largest values are wanted first: true for figures.
    var sortsDescending = false
    /// A column that cannot be sorted by holds pictures.
    var isSortable = true
    /// Shown only when somebody chooses it, or where there is room to spare.
    var isExtra = false

    /// The width with which little is cut off.
    var comfortableWidth: Int {
        switch width {
        case .fixed(let width): width
        case .fit(_, let most): most
        case .flexible(let least, _): least + 20
        }
    }
}

/// A column, what it says of a row, and what rows are sorted by in it: one column is one value in its screen's list.
///
/// Rows are passed `inout` so that they may work out what several columns need once, and only when it is needed.
struct Column<Row>: Sendable {
    let about: ListColumn
    let cell: @Sendable (inout Row, DashboardModel) -> StyledText
    let sortKey: @Sendable (inout Row, SystemFacts) -> SortKey

    /// A column of words.
    static func text(
        _ id: String, _ title: String, _ help: String, width: TableView.Width, priority: Int = 0, isExtra: Bool = false,
        sortKey: @escaping @Sendable (inout Row, SystemFacts) -> SortKey,
        cell: @escaping @Sendable (inout Row, DashboardModel) -> StyledText
    ) -> Column {
        Column(
            about: ListColumn(
                id: id, title: title, help: help, width: width, priority: priority, isExtra: isExtra),
            cell: cell, sortKey: sortKey)
    }

    /// A column of figures: at the right, the largest first.
    static func figure(
        _ id: String, _ title: String, _ help: String, width: Int, priority: Int = 0, isExtra: Bool = false,
        sortKey: @escaping @Sendable (inout Row, SystemFacts) -> SortKey,
        cell: @escaping @Sendable (inout Row, DashboardModel) -> StyledText
    ) -> Column {
        Column(
            about: ListColumn(
                id: id, title: title, help: help, width: .fixed(width), alignment: .right, priority: priority,
                sortsDescending: true, isExtra: isExtra),
            cell: cell, sortKey: sortKey)
    }

    /// A column of small pictures, which have no order.
    static func picture(
        _ id: String, _ title: String, _ help: String, width: Int, priority: Int = 0, isExtra: Bool = false,
        cell: @escaping @Sendable (inout Row, DashboardModel) -> StyledText
    ) -> Column {
        Column(
            about: ListColumn(
                id: id, title: title, help: help, width: .fixed(width), priority: priority, isSortable: false,
                isExtra: isExtra),
            cell: cell, sortKey: { _, _ in .none })
    }
}

extension Column {
    /// A column of durations in nanoseconds; a dash where there is none.
    static func duration(
        _ id: String, _ title: String, _ help: String, width: Int = 9, priority: Int = 0, isExtra: Bool = false,
        value: @escaping @Sendable (inout Row) -> UInt64?
    ) -> Column {
        .figure(
            id, title, help, width: width, priority: priority, isExtra: isExtra,
            sortKey: { row, _ in value(&row).map { .number(Double($0)) } ?? .none }
        ) { row, model in StyledText(value(&row).map(durationText) ?? model.settings.glyphs.dash) }
    }

    /// A column of counts.
    static func count(
        _ id: String, _ title: String, _ help: String, width: Int = 9, priority: Int = 0, isExtra: Bool = false,
        value: @escaping @Sendable (inout Row) -> Int
    ) -> Column {
        .figure(
            id, title, help, width: width, priority: priority, isExtra: isExtra,
            sortKey: { row, _ in .number(Double(value(&row))) }
        ) { row, _ in StyledText(FigureText.count(value(&row))) }
    }
}

// Columns that every list of edges has.
extension Column {
    /// How much passes in a second.
    static func rate(_ help: String, priority: Int, series: @escaping @Sendable (inout Row) -> [Int]) -> Column {
        .figure(
            "rate", "RATE/s", help, width: 7, priority: priority,
            sortKey: { row, facts in .number(facts.rates.perSecond(series(&row))) }
        ) { row, model in StyledText(FigureText.rate(model.facts.rates.perSecond(series(&row)))) }
    }

    /// The share that failed.
    static func errors(
        _ help: String, priority: Int, summary: @escaping @Sendable (inout Row) -> EdgeSummary
    ) -> Column {
        .figure(
            "errors", "ERR", help, width: 6, priority: priority,
            sortKey: { row, _ in .amount(summary(&row).errorShare) }
        ) { row, model in
            let summary = summary(&row)
            return StyledText(
                summary.errorText ?? model.settings.glyphs.dash, summary.isAlarming ? model.settings.theme.bad : .plain)
        }
    }

    /// When something passed last.
    static func lastSeen(_ help: String, summary: @escaping @Sendable (inout Row) -> EdgeSummary) -> Column {
        .figure(
            "last-seen", "LAST SEEN", help, width: 9, priority: 2, isExtra: true,
            sortKey: { row, _ in
                let last = summary(&row).lastSeen
                return .amount(last == 0 ? nil : Double(last))
            }
        ) { row, model in StyledText(FigureText.ageOrDash(of: summary(&row).lastSeen, model)) }
    }
}

extension SortKey {
    /// A text to sort by; nothing to compare where there is none.
    static func words(_ text: String?) -> SortKey { text.map { .text($0) } ?? .none }

    static func amount(_ value: Double?) -> SortKey { value.map { .number($0) } ?? .none }
}
