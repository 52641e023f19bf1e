import TerminalUI

extension DashboardModel {
    /// A click selects, a click on what is selected opens it; the wheel moves.
    mutating func handle(_ mouse: Mouse) -> [Effect] {
        switch mouse.action {
        case .wheelUp: return scroll(by: .rows(-3))
        case .wheelDown: return scroll(by: .rows(3))
        case .press: break
        }
        if layout.header.contains(x: mouse.x, y: mouse.y) {
            let tab = Header(self).tabs.first { $0.frame.contains(x: mouse.x, y: mouse.y) }
            return tab.map { show($0.screen) } ?? []
        }
        switch overlay {
        case .help, .palette, .preview: return []
        case .columns: return []
        case .filter, .moment: overlay = nil
        case nil: break
        }
        return showsWaterfall ? clickWaterfall(mouse) : clickList(mouse)
    }

    private mutating func clickList(_ mouse: Mouse) -> [Effect] {
        let layout = layout
        if layout.pane.contains(x: mouse.x, y: mouse.y) {
            if let node = currentScreen.paneTarget(in: self, area: layout.pane, x: mouse.x, y: mouse.y) {
                let isLeft = focus?.left.contains { $0.node == node } ?? false
                stand(on: node, looking: isLeft ? .left : .right)
            }
            return []
        }
        switch ListView(self).table.target(x: mouse.x, y: mouse.y, in: layout.list) {
        case .title(let place): sort(byClickOn: shownColumns[place])
        case .row(let row):
            walk = nil
            guard row == list.position else {
                moveSelection(to: row)
                return []
            }
            refreshFocus()
            return KeyMap().action(for: Key(.enter), in: baseContext).map { run($0) } ?? []
        case nil: break
        }
        return []
    }

    private mutating func clickSequence(_ mouse: Mouse) -> [Effect] {
        guard let sequence = waterfall?.sequence else { return [] }
        let rows = SequenceView.rowsArea(in: layout.list)
        guard rows.contains(x: mouse.x, y: mouse.y) else { return [] }
        let place = sequence.scrollOffset + mouse.y - rows.y
        guard place < sequence.arrows.count else { return [] }
        let isSelected = place == sequence.position
        waterfall?.sequence?.move(to: place, visible: rows.height)
        return isSelected || waterfall?.detail != nil ? openSpan() : []
    }

    private mutating func clickWaterfall(_ mouse: Mouse) -> [Effect] {
        guard let waterfall else { return [] }
        guard waterfall.sequence == nil else { return clickSequence(mouse) }
        let rows = WaterfallView.rowsArea(in: layout.list)
        guard rows.contains(x: mouse.x, y: mouse.y) else { return [] }
        let place = waterfall.scrollOffset + mouse.y - rows.y
        guard place < waterfall.shown.count else { return [] }
        let isSelected = place == waterfall.position
        self.waterfall?.move(to: place, visible: rows.height)
        return isSelected || waterfall.detail != nil ? openSpan() : []
    }
}
