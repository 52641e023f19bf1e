import TerminalUI
import TraceModel

extension DashboardModel {
    // MARK: - Filtering

    mutating func openFilter() -> [Effect] {
        overlay = .filter(FilterInput(showsWaterfall ? waterfall?.search ?? "" : list.filter.text))
        return []
    }

    mutating func cancelFilter() -> [Effect] {
        guard case .filter(let filter) = overlay else { return [] }
        overlay = nil
        applyFilter(filter.before)
        return []
    }

    /// Back to the screen that narrowed Traces to something of its own, where that still is what it is narrowed to.
    mutating func showWholeList() -> [Effect] {
        let origin = screenBehindTraces
        list.showsFaultsOnly = false
        applyFilter("")
        guard let origin else { return [] }
        filterOrigin = nil
        return show(origin)
    }

    /// The screen that narrowed Traces; nil where somebody typed what they are narrowed to.
    var screenBehindTraces: ScreenID? {
        screen == .traces && list.filter.text == filterOrigin?.filter ? filterOrigin?.screen : nil
    }

    mutating func toggleFaults() -> [Effect] {
        list.showsFaultsOnly.toggle()
        refreshList()
        refreshFocus()
        return []
    }

    /// Narrows the list, or finds a span in the waterfall in front.
    mutating func applyFilter(_ text: String) {
        if showsWaterfall {
            waterfall?.look(for: text)
            refreshWaterfallScrolling()
        } else {
            list.filter = Filter(text)
            refreshList()
            refreshFocus()
        }
    }

    var obstacleToMatches: String? {
        if showsWaterfall {
            return waterfall?.search.isEmpty == false ? nil : "nothing is searched for: press \(key("search")) first"
        }
        return list.filter.isEmpty ? "the list is not filtered: press \(key("filter")) first" : nil
    }

    /// The next or previous match; the last is followed by the first.
    mutating func findNext(forward: Bool) -> [Effect] {
        if showsWaterfall {
            waterfall?.findNext(forward: forward)
            refreshWaterfallScrolling()
            notice = waterfall.flatMap { waterfall in waterfall.matchText.map { "'\(waterfall.search)': \($0)" } }
        } else if list.rowCount > 0 {
            let count = list.rowCount
            moveSelection(to: (list.position + (forward ? 1 : count - 1)) % count)
        }
        return []
    }

    /// The key that runs an action, for texts that send people to it.
    func key(_ action: String) -> String { settings.keys.name(of: action, settings.glyphs) }

    // MARK: - Sorting

    /// Goes from one sortable column to the next, and behind the last to no order of its own.
    mutating func sortByNextColumn() -> [Effect] {
        let columns = currentScreen.columns
        let shown = shownColumns
        let place = list.sort.flatMap { shown.firstIndex(of: $0.column) } ?? -1
        let next = shown.dropFirst(place + 1).first { columns[$0].isSortable }
        setSort(next)
        notice = next.map { "sorted by \(columns[$0].title); \(key("reverse")) turns it round" } ?? "in its own order"
        return []
    }

    mutating func reverseSort() -> [Effect] {
        list.sort?.isDescending.toggle()
        refreshList()
        refreshFocus()
        return []
    }

    /// A click on a title sorts by it; on the title of the sorted column it turns the order round.
    mutating func sort(byClickOn column: Int) {
        guard currentScreen.columns.indices.contains(column), currentScreen.columns[column].isSortable else { return }
        if list.sort?.column == column {
            _ = reverseSort()
        } else {
            setSort(column)
        }
    }

    mutating func setSort(_ column: Int?) {
        list.sort = column.map { SortChoice(column: $0, isDescending: currentScreen.columns[$0].sortsDescending) }
        refreshList()
        refreshFocus()
    }

    // MARK: - Live view

    mutating func togglePause() -> [Effect] {
        isPaused.toggle()
        notice = isPaused ? "paused: \(key("pause")) lets the picture run again" : "live again"
        return isPaused ? [] : takeWaitingData()
    }

    mutating func nextWindow() -> [Effect] {
        let all = TimeWindow.allCases
        let index = all.firstIndex(of: window) ?? 0
        window = all[(index + 1) % all.count]
        notice = window == .all ? "figures cover everything that is stored" : "figures cover \(window.label)"
        return [.setRange(window, until: until)]
    }

    // MARK: - Taking along

    mutating func copySelection() -> [Effect] {
        guard let text = copyText else { return [] }
        notice = "copied \(copiedWords(text))"
        return [.copy(text)]
    }

    private func copiedWords(_ text: String) -> String {
        if case .preview = overlay { return "the text" }
        let lines = text.split(separator: "\n").count
        return lines > 1 ? "\(lines) names" : "'\(text)'"
    }

    /// The screen as it is, as a text to take along, with when it was so.
    mutating func previewScreen() -> [Effect] {
        notice = nil
        let range = (window == .all ? "everything stored" : window.label) + (until == nil ? "" : " until then")
        let head = "Flowglass, \(momentText(shownUntil ?? facts.now)), figures of \(range)\n\n"
        var buffer = Buffer(size: size)
        render(into: &buffer)
        let name = "flowglass-\(showsWaterfall ? "conversation" : screen.name).txt"
        overlay = .preview(
            TextPreview(title: "This screen as text", text: head + buffer.plainText() + "\n", fileName: name))
        return []
    }

    mutating func savePreview() -> [Effect] {
        guard case .preview(let preview) = overlay else { return [] }
        return [.saveFile(name: preview.fileName, text: preview.text)]
    }
}
