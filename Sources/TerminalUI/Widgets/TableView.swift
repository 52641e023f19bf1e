public import TerminalText

/// A table that lays out only the rows on the screen, so that 100,000 rows cost as much as ten.
///
/// The first line holds the column titles. Before the columns stand two cells for a marker: the selection's, or the
/// row's own. When the screen is too narrow, columns go by their priority, the lowest first.
///
///       CHANNEL            BROKER   RATE/s▼
///     ▸ order.completed    aws-sns     41.0
///     ? audit.mystery      kafka        3.0
public struct TableView {
    /// One column: what stands above it, and how it takes its room.
    public struct Column: Sendable, Equatable {
        public var title: String
        public var width: Width
        public var alignment: TextAlignment
        /// Set on the column that the rows are sorted by.
        public var sort: SortOrder?
        /// Columns of lower priority go first when there is no room; among equals, the last.
        public var priority: Int

        public init(
            _ title: String, width: Width, alignment: TextAlignment = .left, sort: SortOrder? = nil, priority: Int = 0
        ) {
            self.title = title
            self.width = width
            self.alignment = alignment
            self.sort = sort
            self.priority = priority
        }
    }

    public enum Width: Sendable, Equatable {
        case fixed(Int)
        /// As wide as the title and the rows on screen need, within limits.
        case fit(min: Int, max: Int)
        /// At least `min`, and a share of what is left, by weight.
        case flexible(min: Int, weight: Int = 1)
    }

    public enum SortOrder: Sendable, Equatable { case ascending, descending }

    /// One row: a text for each column; missing ones stay empty.
    public struct Row: Sendable, Equatable {
        public var cells: [StyledText]
        public var marker: StyledText

        public init(_ cells: [StyledText], marker: StyledText = "") {
            self.cells = cells
            self.marker = marker
        }
    }

    /// What lies under a place on the screen.
    public enum Target: Sendable, Equatable {
        /// The title of the column with this index.
        case title(Int)
        case row(Int)
    }

    public var columns: [Column]
    public var rowCount: Int
    public var selected: Int?
    /// The index of the row on the first line; `scrollOffset(selected:visible:count:previous:)` computes it.
    public var scrollOffset: Int
    /// What marks the selected row, in its bar.
    public var selectedAttributes: Style.Attributes = .reverse
    public var titleStyle = Style(.standard, on: .standard, .bold)
    public var glyphs: Glyphs
    /// Asked for the rows on the screen only, with an index below `rowCount`.
    public var row: (Int) -> Row

    public init(
        columns: [Column], rowCount: Int, selected: Int? = nil, scrollOffset: Int = 0, glyphs: Glyphs = .unicode,
        row: @escaping (Int) -> Row
    ) {
        self.columns = columns
        self.rowCount = rowCount
        self.selected = selected
        self.scrollOffset = scrollOffset
        self.glyphs = glyphs
        self.row = row
    }

    /// How many rows an area shows below the titles.
    public static func visibleRows(in area: Rect) -> Int { max(0, area.height - 1) }

    /// The columns of the longest bar: a bar moves by writing two rows again, which a slow line has to carry.
    public static let longestBar = 120

    /// Draws the table; returns where the selected row has its bar, if that row is on the screen.
    ///
    /// On wide tables the bar ends with the last column that lies within `longestBar`.
    @discardableResult
    public func render(into buffer: inout Buffer, in area: Rect) -> Rect? {
        guard !area.isEmpty else { return nil }
        let rows = visibleRange(in: area).map { ($0, row($0)) }
        let frames = columnFrames(in: area, rows: rows.map(\.1))
        for (index, frame) in frames {
            buffer.writeLine(
                title(of: columns[index], width: frame.width), in: frame, alignment: columns[index].alignment,
                ellipsis: glyphs.ellipsis)
        }
        var bar: Rect?
        for (line, (index, row)) in rows.enumerated() {
            let y = area.y + 1 + line
            draw(row, isSelected: index == selected, frames: frames, y: y, area: area, into: &buffer)
            guard index == selected else { continue }
            let extent = Rect(x: area.x, y: y, width: barWidth(in: area, frames: frames.map(\.frame)), height: 1)
            buffer.restyle(extent) { selectedStyle($0) }
            bar = extent
        }
        return bar
    }

    /// The title or the row at a place, if the table drawn in `area` has one there.
    public func target(x: Int, y: Int, in area: Rect) -> Target? {
        guard area.contains(x: x, y: y) else { return nil }
        let range = visibleRange(in: area)
        if y > area.y {
            let index = range.lowerBound + y - area.y - 1
            return range.contains(index) ? .row(index) : nil
        }
        let frames = columnFrames(in: area, rows: range.map(row))
        return frames.first { $0.frame.contains(x: x, y: y) }.map { .title($0.index) }
    }

    private func visibleRange(in area: Rect) -> Range<Int> {
        let first = min(max(0, scrollOffset), max(0, rowCount))
        return first..<min(max(0, rowCount), first + Self.visibleRows(in: area))
    }

    private func title(of column: Column, width: Int) -> StyledText {
        guard let sort = column.sort else { return StyledText(column.title, titleStyle) }
        let text = StyledText(column.title, titleStyle).truncated(to: width - 1, ellipsis: glyphs.ellipsis)
        return text + StyledText(sort == .ascending ? glyphs.arrowUp : glyphs.arrowDown, titleStyle)
    }

    private func draw(
        _ row: Row, isSelected: Bool, frames: [(index: Int, frame: Rect)], y: Int, area: Rect, into buffer: inout Buffer
    ) {
        let marker = isSelected && row.marker.runs.isEmpty ? StyledText(glyphs.selection) : row.marker
        buffer.writeLine(marker, in: Rect(x: area.x, y: y, width: min(2, area.width), height: 1))
        for (index, frame) in frames where index < row.cells.count {
            let field = Rect(x: frame.x, y: y, width: frame.width, height: 1)
            buffer.writeLine(
                row.cells[index], in: field, alignment: columns[index].alignment, ellipsis: glyphs.ellipsis)
        }
    }

    /// Nothing is faint in a reversed bar: it would be a hole in it.
    private func selectedStyle(_ style: Style) -> Style {
        var style = style.with(selectedAttributes)
        if selectedAttributes.contains(.reverse) { style.attributes.remove(.dim) }
        return style
    }

    private func barWidth(in area: Rect, frames: [Rect]) -> Int {
        guard area.width > Self.longestBar else { return area.width }
        return frames.map { $0.right - area.x }.last { $0 <= Self.longestBar } ?? Self.longestBar
    }
}

/// The first row to show so that the selected one is visible and the list moves as little as possible.
///
/// Never leaves blank lines below the last row while rows above are hidden.
public func scrollOffset(selected: Int, visible: Int, count: Int, previous: Int) -> Int {
    guard visible > 0, count > visible else { return 0 }
    let target = min(max(0, selected), count - 1)
    let offset = min(max(previous, target - visible + 1), target)
    return min(max(0, offset), count - visible)
}
