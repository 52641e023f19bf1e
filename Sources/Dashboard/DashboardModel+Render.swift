public import TerminalUI

extension DashboardModel {
    /// Draws what is the case. The buffer is expected to be blank and of the model's size; any size works.
    /// - Complexity: O(cells of the buffer), however much is known.
    public func render(into buffer: inout Buffer) {
        guard size.width >= FrameLayout.minimum.width, size.height >= FrameLayout.minimum.height else {
            return renderTooSmall(into: &buffer)
        }
        let layout = layout
        Header(self).render(into: &buffer, in: layout.header)
        if showsWaterfall, let waterfall {
            WaterfallView(waterfall, self).render(into: &buffer, layout: layout)
        } else {
            ListView(self).render(into: &buffer, layout: layout)
        }
        StatusLine(self).render(into: &buffer, frame: layout.frame)
        Footer(self).render(into: &buffer, in: layout.footer)
        renderOverlay(into: &buffer, in: layout.frame)
        buffer.replaceStandardColors(with: settings.theme.base)
    }

    private func renderOverlay(into buffer: inout Buffer, in area: Rect) {
        switch overlay {
        case .help(let help): help.render(into: &buffer, in: area, settings)
        case .palette(let palette): palette.render(into: &buffer, in: area, model: self)
        case .preview(let preview): preview.render(into: &buffer, in: area, settings)
        case .columns(let chooser): chooser.render(into: &buffer, in: area, model: self)
        case .filter, .moment, nil: break
        }
    }

    private func renderTooSmall(into buffer: inout Buffer) {
        let area = Rect(x: 0, y: 0, width: size.width, height: size.height)
        let minimum = FrameLayout.minimum
        let lines = [
            "Flowglass needs", "\(minimum.width)x\(minimum.height) cells;", "this is \(size.width)x\(size.height)",
        ]
        for (row, line) in lines.enumerated() {
            buffer.writeLine(StyledText(line), in: area, row: row, ellipsis: settings.glyphs.ellipsis)
        }
    }
}
