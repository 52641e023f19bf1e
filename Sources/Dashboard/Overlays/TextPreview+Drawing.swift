import TerminalUI

extension TextPreview {
    func render(into buffer: inout Buffer, in area: Rect, _ settings: DashboardSettings) {
        let box = Overlays.frame(
            width: area.width, height: area.height, title: title,
            trailing: FigureText.counted(lines.count, "line"), in: area, into: &buffer, settings)
        for (row, line) in lines.dropFirst(scrollOffset).prefix(box.height).enumerated() {
            buffer.writeLine(StyledText(line), in: box, row: row, ellipsis: settings.glyphs.ellipsis)
        }
    }
}
