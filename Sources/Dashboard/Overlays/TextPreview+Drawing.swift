import TerminalText
import TerminalUI

extension TextPreview {
    func render(into buffer: inout Buffer, in area: Rect, _ settings: DashboardSettings) {
        let width = Overlays.textWidth(in: area)
        let shown = shownLines(width: width)
        let height = max(0, area.height - 2)
        let last = min(shown.count, scrollOffset + height)
        let lines = FigureText.counted(shown.count, "line")
        let box = Overlays.frame(
            width: area.width, height: area.height, title: title,
            trailing: shown.count > height ? "\(scrollOffset + 1)-\(last) of \(lines)" : lines, in: area,
            into: &buffer, settings)
        for (row, line) in shown.dropFirst(scrollOffset).prefix(box.height).enumerated() {
            buffer.writeLine(
                StyledText(cut(line)), in: box, row: row, ellipsis: settings.glyphs.ellipsis)
        }
    }

    /// The line without the columns on the left; half a wide character is a blank.
    private func cut(_ line: String) -> String {
        guard columnOffset > 0 else { return line }
        var left = columnOffset
        var rest = ""
        for cell in TextCells(line) {
            if left > 0 {
                left -= cell.width
                if left < 0 { rest += " " }
            } else {
                cell.append(to: &rest)
            }
        }
        return rest
    }
}
