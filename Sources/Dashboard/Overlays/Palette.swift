import TerminalText
import TerminalUI

/// The `:` palette: every action by its name, narrowed as one types.
struct Palette: Sendable, Equatable {
    private(set) var input = TextInput()
    private(set) var choice = 0
    /// Where it was opened: whose actions it offers.
    let context: Context

    init(context: Context) { self.context = context }

    /// The actions that fit what was typed: those that begin with it, then those that hold its letters in order.
    var candidates: [Action] {
        let all = ActionTable.commands(in: context)
        let typed = input.text.lowercased().filter { !$0.isWhitespace }
        guard !typed.isEmpty else { return all }
        let beginning = all.filter { $0.name.hasPrefix(typed) }
        return beginning + all.filter { !$0.name.hasPrefix(typed) && fuzzyMatch(typed, in: $0.name) }
    }

    var chosen: Action? {
        let candidates = candidates
        return candidates.indices.contains(choice) ? candidates[choice] : nil
    }

    mutating func type(_ event: TerminalEvent) -> Bool {
        guard input.handle(event) else { return false }
        choice = 0
        return true
    }

    mutating func choose(by step: Int) {
        choice = min(max(0, choice + step), max(0, candidates.count - 1))
    }

    mutating func complete() {
        guard let chosen else { return }
        input = TextInput(chosen.name)
        choice = 0
    }

    func render(into buffer: inout Buffer, in area: Rect, model: DashboardModel) {
        let candidates = candidates
        let glyphs = model.settings.glyphs
        let theme = model.settings.theme
        let box = Overlays.frame(
            width: 76, height: min(area.height, max(6, candidates.count + 3)), title: "Run an action", isAtTop: true,
            in: area, into: &buffer, model.settings)
        guard box.height > 1 else { return }
        buffer.write(":", x: box.x, y: box.y, in: box, style: theme.key)
        input.render(into: &buffer, in: Rect(x: box.x + 1, y: box.y, width: box.width - 1, height: 1))
        let list = Rect(x: box.x, y: box.y + 1, width: box.width, height: box.height - 1)
        guard !candidates.isEmpty else {
            buffer.writeLine(StyledText("no action has this name", theme.dim), in: list)
            return
        }
        let first = scrollOffset(selected: choice, visible: list.height, count: candidates.count, previous: 0)
        let nameWidth = candidates.reduce(0) { max($0, $1.name.utf8.count) }
        for (line, action) in candidates.dropFirst(first).prefix(list.height).enumerated() {
            let obstacle = action.obstacle(model)
            let keys = model.settings.keys.keys(of: action).prefix(1).map { $0.name(glyphs) }.joined()
            let gap = String(repeating: " ", count: max(1, nameWidth - action.name.utf8.count + 2))
            let text =
                StyledText(action.name, obstacle == nil ? theme.heading : theme.dim) + StyledText(gap)
                + StyledText(obstacle.map { "not now: \($0)" } ?? action.help, obstacle == nil ? .plain : theme.dim)
            let row = Rect(x: list.x, y: list.y + line, width: list.width, height: 1)
            let used = buffer.writeLine(StyledText(keys, theme.key), in: row, alignment: .right)
            let rest = Rect(x: row.x, y: row.y, width: row.width - used - 1, height: 1)
            buffer.writeLine(text, in: rest, ellipsis: glyphs.ellipsis)
            if first + line == choice { buffer.restyle(row, adding: theme.chosen) }
        }
    }
}

/// What all overlays share.
enum Overlays {
    /// The columns inside the frame of the widest box in an area.
    static func textWidth(in area: Rect) -> Int { max(0, area.width - 4) }

    /// Clears a box in the middle of an area, frames it, and returns its inside.
    static func frame(
        width: Int, height: Int, title: String, trailing: String = "", isAtTop: Bool = false, in area: Rect,
        into buffer: inout Buffer,
        _ settings: DashboardSettings
    ) -> Rect {
        let size = Size(width: min(area.width, width + 4), height: min(area.height, height))
        let box = Rect(
            x: area.x + (area.width - size.width) / 2, y: area.y + (isAtTop ? 0 : (area.height - size.height) / 2),
            width: size.width, height: size.height)
        buffer.fill(box)
        buffer.box(
            box, title: title, style: settings.theme.frame, titleStyle: settings.theme.title,
            glyphs: settings.glyphs.box, trailing: trailing)
        let inner = box.inset()
        return Rect(x: inner.x + 1, y: inner.y, width: inner.width - 2, height: inner.height)
    }
}
