import CatalogModel
import TerminalText
import TerminalUI
import TraceModel

/// The first line: the program, the system's name, the tabs, and whether spans arrive.
///
///      Flowglass  콘서트 예매   1 Topics  2 Services  3 Flows  4 Traces  5 Drift³  6 Lint²      ● 1.2k spans/s
///
/// What fits goes in; the tabs shrink last, to their numbers, unless there is something that a person must know: that
/// the picture stands still, or is of the past, or that something is broken.
struct Header {
    struct Tab {
        var screen: ScreenID
        var text: String
        var isCurrent: Bool
        var frame: Rect
    }

    private let settings: DashboardSettings
    private let title: String
    private let titleWidth: Int
    private let live: StyledText
    let tabs: [Tab]

    init(_ model: DashboardModel) {
        settings = model.settings
        let width = model.size.width
        let name = model.facts.catalog.about.title.flatMap { model.settings.canShow($0) ? "  " + $0 : nil } ?? ""
        let long = Self.tabTexts(model, isLong: true)
        let short = Self.tabTexts(model, isLong: false)
        let choices: [(title: String, tabs: [String], live: StyledText)] =
            [
                ("Flowglass" + name, long, Self.live(model, isLong: true)),
                ("Flowglass" + name, long, Self.live(model, isLong: false)),
                ("Flowglass", long, Self.live(model, isLong: false)),
                ("", long, Self.live(model, isLong: false)),
            ] + (Self.isUrgent(model) ? [] : [("Flowglass", long, ""), ("", long, "")]) + [
                ("", short, Self.live(model, isLong: true)),
                ("", short, Self.live(model, isLong: false)),
                ("", short, ""),
            ]
        let fitting = choices.first { choice in
            let tabs = choice.tabs.reduce(0) { $0 + displayWidth($1) + 2 }
            let title = choice.title.isEmpty ? 0 : displayWidth(choice.title) + 1
            return 1 + title + tabs + choice.live.width <= width
        }
        // Cut rather than left out, where a person must know it.
        let choice = fitting ?? ("", short, Self.isUrgent(model) ? Self.live(model, isLong: false) : "")
        title = choice.title
        titleWidth = title.isEmpty ? 0 : displayWidth(title) + 1
        live = choice.live
        var x = 1 + titleWidth
        tabs = zip(Screens.all, choice.tabs).map { screen, text in
            defer { x += displayWidth(text) + 2 }
            return Tab(
                screen: screen.id, text: text, isCurrent: screen.id == model.screen,
                frame: Rect(x: x, y: 0, width: displayWidth(text) + 2, height: 1))
        }
    }

    func render(into buffer: inout Buffer, in area: Rect) {
        buffer.write(title, x: area.x + 1, y: area.y, in: area, style: settings.theme.title)
        for tab in tabs {
            let style = tab.isCurrent ? settings.theme.currentTab : settings.theme.tab
            buffer.write(" \(tab.text) ", x: tab.frame.x, y: area.y, in: area, style: style)
        }
        let end = tabs.last?.frame.right ?? area.x
        let rest = Rect(x: end, y: area.y, width: area.right - end - 1, height: 1)
        buffer.writeLine(live, in: rest, alignment: .right, ellipsis: settings.glyphs.ellipsis)
    }

    private static func tabTexts(_ model: DashboardModel, isLong: Bool) -> [String] {
        Screens.all.map { screen in
            let badge = screen.badge(in: model.facts).flatMap { $0 > 0 ? $0 : nil }
            let raised = badge.map { FigureText.badge($0, ascii: model.settings.isASCII) } ?? ""
            let isCurrent = screen.id == model.screen
            return isLong || isCurrent ? "\(screen.digit) \(screen.title)\(raised)" : "\(screen.digit)"
        }
    }

    private static func isUrgent(_ model: DashboardModel) -> Bool {
        model.isPaused || model.until != nil || model.facts.snapshot.health.trouble != nil
    }

    /// Whether and how fast spans arrive.
    private static func live(_ model: DashboardModel, isLong: Bool) -> StyledText {
        let theme = model.settings.theme
        let health = model.facts.snapshot.health
        if model.isPaused { return StyledText("\(model.settings.isASCII ? "=" : "‖") paused", theme.warning) }
        if let until = model.shownUntil {
            let clock = FigureText.moment(
                until, at: model.facts.now, secondsFromUTC: model.settings.secondsFromUTC)
            return StyledText(isLong ? "past: \(model.momentText(until))" : "past \(clock)", theme.warning)
        }
        if model.settings.isOfFiles { return StyledText(isLong ? "spans of a file" : "of a file", theme.dim) }
        if let trouble = health.trouble { return StyledText("! \(trouble)", theme.bad) }
        guard health.spans > 0 else {
            guard let address = health.listening.first else {
                return StyledText(model.hasData ? "no spans" : "starting", theme.dim)
            }
            return StyledText(isLong ? "waiting for spans on \(address)" : "waiting: \(address)", theme.dim)
        }
        let recent = health.spansPerSecond.suffix(5)
        let rate = recent.isEmpty ? 0 : Double(recent.reduce(0, &+)) / Double(recent.count)
        let text = rate > 0 ? FigureText.rate(rate) : "0"
        let bullet = StyledText(model.settings.glyphs.bullet + " ", rate > 0 ? theme.good : theme.dim)
        return bullet + StyledText(text + (isLong ? " spans/s" : "/s"))
    }
}
