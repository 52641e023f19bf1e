import TerminalText
import TerminalUI

/// Which columns a list shows, and in which order, while a person chooses them.
struct ColumnChooser: Sendable, Equatable {
    /// All columns by their place on the screen's list: those that are shown first, in their order.
    private(set) var order: [Int]
    private(set) var isShown: Set<Int>
    var position = 0
    private let usual: [Int]
    private let count: Int

    /// - Parameter shown: not empty.
    init(shown: [Int], usual: [Int], count: Int) {
        self.usual = usual
        self.count = count
        order = shown + (0..<count).filter { !shown.contains($0) }
        isShown = Set(shown)
    }

    /// What the list shows now.
    var shown: [Int] { order.filter(isShown.contains) }

    /// The last column that is shown stays.
    mutating func toggle() {
        let column = order[position]
        if isShown.contains(column) {
            if isShown.count > 1 { isShown.remove(column) }
        } else {
            isShown.insert(column)
        }
    }

    mutating func move(by step: Int) {
        let target = position + step
        guard order.indices.contains(target) else { return }
        order.swapAt(position, target)
        position = target
    }

    mutating func reset() { self = ColumnChooser(shown: usual, usual: usual, count: count) }

    func render(into buffer: inout Buffer, in area: Rect, model: DashboardModel) {
        let theme = model.settings.theme
        let glyphs = model.settings.glyphs
        let columns = model.currentScreen.columns
        let box = Overlays.frame(
            width: 72, height: min(area.height, order.count + 2),
            title: "Columns of \(model.currentScreen.title)", trailing: "\(isShown.count) of \(count)", in: area,
            into: &buffer, model.settings)
        let drawn = ListView(model).columnsWithRoom(in: model.layout.list)
        let first = scrollOffset(selected: position, visible: box.height, count: order.count, previous: 0)
        for (line, index) in order.dropFirst(first).prefix(max(0, box.height)).enumerated() {
            let column = columns[index]
            let check = isShown.contains(index) ? "[\(glyphs.check)] " : "[ ] "
            let gap = String(repeating: " ", count: max(1, 14 - displayWidth(column.id)))
            var sorted = ""
            if let sort = model.list.sort, sort.column == index {
                sorted = sort.isDescending ? " \(glyphs.arrowDown)" : " \(glyphs.arrowUp)"
            }
            let text =
                StyledText(check, theme.key) + StyledText(column.id + sorted, theme.heading) + StyledText(gap)
                + (isShown.contains(index) && !drawn.contains(index)
                    ? StyledText("no room: ", theme.warning) : "") + StyledText(column.help)
            let row = Rect(x: box.x, y: box.y + line, width: box.width, height: 1)
            buffer.writeLine(text, in: row, ellipsis: glyphs.ellipsis)
            if first + line == position { buffer.restyle(row, adding: theme.chosen) }
        }
    }
}
