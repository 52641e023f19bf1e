import TerminalUI

extension DashboardModel {
    /// How far to move.
    enum Step {
        case rows(Int)
        case pages(Int)
        case start
        case end

        /// The place that a step leads to from another, among so many.
        func target(from place: Int, count: Int, visible: Int) -> Int {
            switch self {
            case .rows(let rows): place + rows
            case .pages(let pages): place + pages * max(1, visible - 1)
            case .start: 0
            case .end: count - 1
            }
        }
    }

    /// Moves the selection, or scrolls the text in front.
    mutating func scroll(by step: Step) -> [Effect] {
        let visible = visibleRows
        switch overlay {
        case .help(var help):
            help.scrollOffset = Self.offset(help.scrollOffset, step, count: help.lines.count, visible: visible)
            overlay = .help(help)
            return []
        case .preview(var preview):
            let count = preview.shownLines(width: Overlays.textWidth(in: layout.frame)).count
            preview.scrollOffset = Self.offset(preview.scrollOffset, step, count: count, visible: visible)
            overlay = .preview(preview)
            return []
        case .columns(var chooser):
            chooser.position = min(
                max(0, step.target(from: chooser.position, count: chooser.order.count, visible: visible)),
                chooser.order.count - 1)
            overlay = .columns(chooser)
            return []
        case .filter, .palette, .moment, nil: break
        }
        if showsWaterfall, let waterfall {
            if let detail = waterfall.detail {
                self.waterfall?.detail?.scrollOffset = Self.offset(
                    detail.scrollOffset, step, count: detail.lines.count, visible: visible)
            } else if let sequence = waterfall.sequence {
                let place = step.target(from: sequence.position, count: sequence.arrows.count, visible: visible)
                self.waterfall?.sequence?.move(to: place, visible: visible)
            } else {
                let place = step.target(from: waterfall.position, count: waterfall.shown.count, visible: visible)
                self.waterfall?.move(to: place, visible: visible)
            }
            return []
        }
        moveSelection(to: step.target(from: list.position, count: list.rowCount, visible: visible))
        if case .start = step { follow() }
        return []
    }

    mutating func moveSelection(to row: Int) {
        let screen = currentScreen
        let facts = facts
        list.select(row: row) { screen.key(of: $0, in: facts) }
        let visible = TableView.visibleRows(in: layout.list)
        list.scroll(visible: visible)
        refreshFocus()
    }

    /// Stays on the first row from now on, whatever that is.
    private mutating func follow() { list.select(key: nil) }

    private static func offset(_ offset: Int, _ step: Step, count: Int, visible: Int) -> Int {
        let last = max(0, count - visible)
        if case .end = step { return last }
        return min(max(0, step.target(from: offset, count: count, visible: visible)), last)
    }

    // MARK: - Screens

    mutating func show(_ screen: ScreenID) -> [Effect] {
        overlay = nil
        noteJump()
        defer { noteJump() }
        if screen != self.screen {
            lastScreen = self.screen
            self.screen = screen
            // A walk goes on where its place is a row of the other screen, and ends on all others.
            if !isWalkable || walk?.centre.isChannel != (screen == .topics) { walk = nil }
        }
        selectWalkedNode()
        return screen == .drift ? [.refreshDrift] : []
    }

    mutating func showScreen(by step: Int) -> [Effect] {
        let screens = Screens.all.map(\.id)
        let index = screens.firstIndex(of: screen) ?? 0
        return show(screens[(index + step + screens.count) % screens.count])
    }

    mutating func showLastScreen() -> [Effect] { lastScreen.map { show($0) } ?? [] }

    // MARK: - Overlays

    mutating func openHelp() -> [Effect] {
        overlay = .help(HelpPage(baseContext, in: self))
        return []
    }

    var obstacleToShifting: String? {
        guard case .preview(let preview) = overlay else { return nil }
        return preview.isWider(than: Overlays.textWidth(in: layout.frame)) ? nil : "the whole width is on the screen"
    }

    /// Shows what stands further to the right or left of a text.
    mutating func shiftPreview(by step: Int) -> [Effect] {
        guard case .preview(var preview) = overlay else { return [] }
        preview.shift(by: step, width: Overlays.textWidth(in: layout.frame))
        overlay = .preview(preview)
        return []
    }

    mutating func openPalette() -> [Effect] {
        overlay = .palette(Palette(context: baseContext))
        return []
    }

    /// Closes what is in front: an overlay, a span, the waterfall.
    mutating func close() -> [Effect] {
        if overlay != nil {
            overlay = nil
        } else if waterfall?.detail != nil {
            waterfall?.detail = nil
            refreshWaterfallScrolling()
        } else {
            return closeConversation()
        }
        return []
    }

    /// Back to the list, or to the screen that led to the conversation.
    mutating func closeConversation() -> [Effect] {
        waterfall = nil
        refreshList()
        guard let origin = waterfallOrigin else { return [] }
        waterfallOrigin = nil
        return show(origin)
    }

    mutating func chooseCommand(by step: Int) -> [Effect] {
        guard case .palette(var palette) = overlay else { return [] }
        palette.choose(by: step)
        overlay = .palette(palette)
        return []
    }

    mutating func completeCommand() -> [Effect] {
        guard case .palette(var palette) = overlay else { return [] }
        palette.complete()
        overlay = .palette(palette)
        return []
    }

    mutating func runCommand() -> [Effect] {
        guard case .palette(let palette) = overlay else { return [] }
        guard let action = palette.chosen else {
            notice = "no action has this name"
            return []
        }
        overlay = nil
        return run(action)
    }
}
