import SourceDiagnostics
import TerminalText
import TerminalUI

/// The last line: what one can do here, or a notice, or the text that is being typed.
struct Footer {
    private let model: DashboardModel

    init(_ model: DashboardModel) { self.model = model }

    func render(into buffer: inout Buffer, in area: Rect) {
        switch model.overlay {
        case .filter(let filter):
            return renderInput(filter.input, prompt: "/", problem: filterProblem(filter), into: &buffer, in: area)
        case .moment(let input):
            return renderInput(input, prompt: "@", problem: model.notice, into: &buffer, in: area)
        case .help, .palette, .preview, .columns, nil: break
        }
        let theme = model.settings.theme
        let line = Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: area.height)
        if let notice = model.notice {
            buffer.writeLine(StyledText(notice, theme.heading), in: line, ellipsis: model.settings.glyphs.ellipsis)
            return
        }
        // Help and the way out come last in the table, and stay when room is short.
        let hints = ActionTable.actions(in: model.context).filter {
            $0.hint != nil && $0.isHinted(model) && $0.obstacle(model) == nil
        }
        let kept = hints.filter { $0.group == .program }
        let texts = (hints.filter { $0.group != .program } + kept).map(text)
        var room = line.width - texts.suffix(kept.count).reduce(0) { $0 + $1.width + 2 }
        var x = line.x
        for (index, text) in texts.enumerated() {
            let isKept = index >= texts.count - kept.count
            if !isKept {
                guard text.width <= room else { continue }
                room -= text.width + 2
            }
            x += buffer.write(text, x: x, y: line.y, in: line) + 2
        }
    }

    private func text(of action: Action) -> StyledText {
        guard let hint = action.hint else { return "" }
        let names = model.settings.keys.hintKeys(of: action).map { $0.name(model.settings.glyphs) }
        let keys = names.allSatisfy { $0.count == 1 } ? names.joined() : names.joined(separator: " ")
        return StyledText(keys, model.settings.theme.key) + StyledText(" " + hint.word)
    }

    private func filterProblem(_ filter: FilterInput) -> String? {
        guard !filter.input.text.isEmpty else { return nil }
        if model.showsWaterfall { return model.waterfall?.matchText }
        return model.unknownFilterFields.first.map { "no field '\($0)'" } ?? model.unknownFilterWord
    }

    private func renderInput(
        _ input: TextInput, prompt: String, problem: String?, into buffer: inout Buffer, in area: Rect
    ) {
        let theme = model.settings.theme
        buffer.write(prompt, x: area.x + 1, y: area.y, in: area, style: theme.key)
        let hints = ActionTable.actions(in: model.context).filter { $0.hint != nil }.map(text)
        let right =
            problem.map { StyledText($0, theme.warning) }
            ?? hints.dropFirst().reduce(hints.first ?? "") { $0 + "  " + $1 }
        let line = Rect(x: area.x + 2, y: area.y, width: area.width - 3, height: 1)
        let room = Rect(x: line.x, y: line.y, width: line.width * 2 / 3, height: 1).moved(toRightOf: line)
        let used = buffer.writeLine(right, in: room, alignment: .right, ellipsis: model.settings.glyphs.ellipsis)
        input.render(into: &buffer, in: Rect(x: line.x, y: line.y, width: line.width - used - 1, height: 1))
    }
}

extension Rect {
    /// The same size at the right end of another rectangle.
    fileprivate func moved(toRightOf other: Rect) -> Rect {
        Rect(x: other.right - width, y: y, width: width, height: height)
    }
}

extension DashboardModel {
    /// Fields in the filter that this screen does not have.
    var unknownFilterFields: [String] {
        list.filter.unknownFields(among: currentScreen.filterFields + ["is"])
    }

    /// What to say of a word behind `is:` that this screen does not know: the one that was meant, or all there are.
    var unknownFilterWord: String? {
        let words = currentScreen.filterWords + ["marked"]
        guard let unknown = list.filter.unknownWord(among: words) else { return nil }
        let meant = words.first { $0.hasPrefix(unknown) } ?? nearestName(to: unknown, among: words)
        return meant.map { "is:\($0)?" } ?? "is: knows \(words.joined(separator: ", "))"
    }
}
