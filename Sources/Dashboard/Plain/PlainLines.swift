import TerminalText
import TerminalUI

/// The facts of the screens as lines of words: for screen readers, for pipes, and where there is no terminal.
///
///     Topics: 18 channels, 3 to look at.
///     look here: order.completed  주문 완료; broker: aws-sns; publishers: order; subscribers: inventory, marketing-export
///     (undocumented); rate/s: 3.7; lag p95: 935ms; err: 0.6%
public enum PlainLines {
    /// What stands for glyphs and colours in lines.
    public static func settings(secondsFromUTC: Int, catalogPath: String) -> DashboardSettings {
        DashboardSettings(
            glyphs: .words, theme: .monochrome, secondsFromUTC: secondsFromUTC, catalogPath: catalogPath)
    }

    /// The lines of one screen, or of all in the order of their tabs.
    /// - Parameters:
    ///   - screen: one of `DashboardSettings.screenNames`.
    ///   - filter: as typed behind `/`.
    public static func lines(_ model: DashboardModel, screen: String? = nil, filter: String = "") -> [String] {
        Screens.all.filter { screen == nil || $0.id.name == screen }.enumerated().flatMap { number, screen in
            (number > 0 ? [""] : []) + lines(of: screen, model, filter: filter)
        }
    }

    private static func lines(of screen: any Screen, _ model: DashboardModel, filter: String) -> [String] {
        var state = model.lists[screen.id] ?? ListState()
        state.filter = Filter(filter)
        let columns = (state.columns ?? screen.usualColumns).filter { !isPicture(screen.columns[$0]) }
        let count = screen.itemCount(in: model.facts)
        let items = screen.shownItems(state, in: model.facts) ?? Array(0..<count)
        let faults = items.count { screen.isFaulty($0, in: model.facts) }
        let noun = count == 1 ? screen.noun.singular : screen.noun.plural
        var lines = [
            "\(screen.title): " + (items.count == count ? "" : "\(items.count) of ") + "\(count) \(noun)"
                + (faults > 0 ? ", \(faults) to look at." : ".")
        ]
        if count == 0 { lines += screen.emptyText(in: model) }
        for item in items {
            let cells = screen.row(of: item, columns: columns, in: model).cells.map(\.text)
            let facts = zip(columns, cells).enumerated().compactMap { place, pair in
                fact(screen.columns[pair.0].title, pair.1, isFirst: place == 0)
            }
            let mark = screen.isFaulty(item, in: model.facts) ? "look here: " : ""
            lines.append(displaySafe(mark + facts.joined(separator: "; ")))
        }
        return lines
    }

    private static func isPicture(_ column: ListColumn) -> Bool { column.id == "last-minute" }

    private static func fact(_ title: String, _ value: String, isFirst: Bool) -> String? {
        guard !value.isEmpty else { return nil }
        return isFirst ? value : "\(title.lowercased()): \(value)"
    }
}
