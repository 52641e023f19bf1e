import CatalogModel
import SourceDiagnostics
import TerminalText
import TerminalUI

/// The steps of a flow, one a line, with a bar for how many conversations got there.
///
///     1  order calls payment                  ██████████████████ 412
///     2  order publishes order.completed      █████████████████▌ 409   3 stopped before
struct FlowSteps {
    let flow: Flow
    let progress: FlowProgress
    let settings: DashboardSettings

    func render(into buffer: inout Buffer, in area: Rect) {
        let theme = settings.theme
        let lines = flow.steps.map(Self.sentence)
        let textWidth = min(lines.reduce(0) { max($0, displayWidth($1)) }, area.width / 2)
        let room = max(0, area.height - 1)
        let shown = flow.steps.count > room ? max(0, room - 1) : flow.steps.count
        let parts = area.split(columns: [.fixed(4), .fixed(textWidth + 2), .fill(), .fixed(6), .fixed(14)])
        for step in 0..<shown {
            let y = area.y + step
            let at = { (part: Rect) in Rect(x: part.x, y: y, width: part.width, height: 1) }
            buffer.writeLine(StyledText("\(step + 1)", theme.dim), in: at(parts[0]))
            let width = Rect(x: parts[1].x, y: y, width: textWidth, height: 1)
            buffer.writeLine(StyledText(lines[step]), in: width, ellipsis: settings.glyphs.ellipsis)
            renderFigures(step, bar: at(parts[2]), count: at(parts[3]), words: at(parts[4]), into: &buffer)
        }
        if shown < flow.steps.count {
            let text = "\(settings.glyphs.ellipsis) \(flow.steps.count - shown) more steps"
            buffer.writeLine(StyledText(text, theme.dim), in: area, row: shown)
        }
        buffer.writeLine(description, in: area, row: area.height - 1, ellipsis: settings.glyphs.ellipsis)
    }

    private func renderFigures(_ step: Int, bar: Rect, count: Rect, words: Rect, into buffer: inout Buffer) {
        let theme = settings.theme
        let reached = progress.reached[step]
        let scale = TimeScale(start: 0, end: UInt64(max(1, progress.conversations)), width: bar.width)
        let style = progress.stopped[step] > 0 ? theme.warning : theme.good
        if reached > 0 {
            let picture = scale.bar(waitingFrom: nil, from: 0, to: UInt64(reached), glyphs: settings.glyphs)
            buffer.write(picture.work, x: bar.x, y: bar.y, in: bar, style: style)
        }
        buffer.writeLine(
            StyledText(FigureText.count(reached), reached == 0 ? theme.dim : .plain), in: count, alignment: .right)
        guard progress.stopped[step] > 0 else { return }
        let text = StyledText("  \(FigureText.count(progress.stopped[step])) ended here", theme.warning)
        buffer.writeLine(text, in: words, ellipsis: settings.glyphs.ellipsis)
    }

    /// `order publishes order.completed (if paid)`
    private static func sentence(_ step: Flow.Step) -> String {
        let note = [step.note, step.isOptional ? "optional" : nil].compactMap(\.self).joined(separator: ", ")
        return "\(step.service.value) \(step.action.rawValue) \(step.target.value)" + (note.isEmpty ? "" : " (\(note))")
    }

    private var description: StyledText {
        let dot = " \(settings.glyphs.dot) "
        let parts = [
            flow.documentation.description ?? flow.documentation.title, flow.documentation.owner.map { "owner \($0)" },
            "\(flow.span.file):\(flow.span.line)",
        ]
        return StyledText(parts.compactMap(\.self).joined(separator: dot), settings.theme.dim)
    }
}
