import TerminalUI
import TraceModel

extension ActionTable {
    /// In a conversation's waterfall, its sequence and its spans.
    static let conversation: [Action] = [
        Action(
            "details", keys: "<Enter>", group: .look, in: .contexts([.waterfall, .sequence]),
            help: "everything about the span: attributes, events, links", hint: "details"
        ) { $0.openSpan() },
        Action(
            "sequence", keys: "v", group: .look, in: .contexts([.waterfall]),
            help: "the conversation as a sequence of messages and calls", hint: "sequence"
        ) { $0.showSequence() },
        Action(
            "waterfall", keys: "v", group: .look, in: .contexts([.sequence]),
            help: "the conversation as a waterfall", hint: "waterfall"
        ) { $0.changeWaterfall { $0.sequence = nil } },
        Action(
            "fold", keys: "<Left> h", group: .look, in: .contexts([.waterfall]),
            help: "hide what the span caused; then go to its parent", hint: "fold", hintKeys: "<Left> <Right>"
        ) { $0.changeWaterfall { $0.fold() } },
        Action(
            "unfold", keys: "<Right> l", group: .look, in: .contexts([.waterfall]),
            help: "show what the span caused; then go there"
        ) { $0.changeWaterfall { $0.unfold() } },
        Action("fold-all", keys: "z", group: .look, in: .contexts([.waterfall]), help: "fold everything, or nothing") {
            $0.changeWaterfall { $0.toggleAll() }
        },
        Action(
            "participants-left", keys: "<Left> h", group: .look, in: .contexts([.sequence]),
            help: "participants further to the left", hint: "participants", hintKeys: "<Left> <Right>"
        ) { $0.changeWaterfall { $0.sequence?.shift(by: -1) } },
        Action(
            "participants-right", keys: "<Right> l", group: .look, in: .contexts([.sequence]),
            help: "participants further to the right"
        ) { $0.changeWaterfall { $0.sequence?.shift(by: 1) } },
        Action(
            "next-span", keys: "n <Right> l", group: .look, in: .contexts([.span]), help: "the next span",
            hint: "other spans", hintKeys: "<Left> <Right>"
        ) { $0.moveSpan(by: 1) },
        Action("previous-span", keys: "N <Left> h", group: .look, in: .contexts([.span]), help: "the span above") {
            $0.moveSpan(by: -1)
        },
        Action(
            "text-right", keys: "<Right> l", group: .look, in: .contexts([.preview]),
            help: "what stands further to the right", hint: "sideways", hintKeys: "<Left> <Right>",
            unless: { $0.obstacleToShifting }
        ) { $0.shiftPreview(by: 1) },
        Action(
            "text-left", keys: "<Left> h", group: .look, in: .contexts([.preview]),
            help: "what stands further to the left", unless: { $0.obstacleToShifting }
        ) { $0.shiftPreview(by: -1) },
        Action(
            "close", keys: "<Esc> q <Backspace>", group: .look,
            in: .contexts([.waterfall, .sequence, .span, .preview, .columns]), help: "back to where you were",
            hint: "back"
        ) { $0.close() },
    ]

    static let finding: [Action] = [
        Action(
            "filter", keys: "/", group: .find, in: .lists, help: "narrow the list as you type", hint: "filter"
        ) { $0.openFilter() },
        Action(
            "search", keys: "/", group: .find, in: .contexts([.waterfall]),
            help: "find spans by service, name or channel",
            hint: "search"
        ) { $0.openFilter() },
        Action(
            "clear-filter", keys: "<Esc>", group: .find, in: .lists,
            help: "show the whole list again, or go back to the screen that narrowed it", hint: "back",
            hintIf: { $0.screenBehindTraces != nil },
            unless: { $0.list.isNarrowed ? nil : "the list is not filtered" }
        ) { $0.showWholeList() },
        Action(
            "faults", keys: "!", group: .find, in: .lists, help: "only rows with something wrong, or all again",
            hint: "faults"
        ) { $0.toggleFaults() },
        Action(
            "next-match", keys: "n", group: .find, in: .contexts(lists + [.waterfall]),
            help: "the next match", unless: { $0.obstacleToMatches }
        ) { $0.findNext(forward: true) },
        Action(
            "previous-match", keys: "N", group: .find, in: .contexts(lists + [.waterfall]),
            help: "the match before", unless: { $0.obstacleToMatches }
        ) { $0.findNext(forward: false) },
        Action("sort", keys: "s", group: .find, in: .lists, help: "sort by the next column", hint: "sort") {
            $0.sortByNextColumn()
        },
        Action(
            "reverse", keys: "S", group: .find, in: .lists, help: "turn the order round",
            unless: { $0.list.sort == nil ? "no column is chosen: press \($0.key("sort")) first" : nil }
        ) { $0.reverseSort() },
    ]

    /// Marks and columns.
    static let listing: [Action] = [
        Action(
            "mark", keys: "<Space>", group: .find, in: .lists, help: "mark the row, or take its mark away",
            unless: { $0.list.rowCount == 0 ? "nothing is selected" : nil }
        ) { $0.toggleMark() },
        Action(
            "next-mark", keys: "'", group: .find, in: .lists, help: "the next marked row",
            unless: { $0.list.marks.isEmpty ? "no row is marked: press \($0.key("mark")) first" : nil }
        ) { $0.goToNextMark() },
        Action(
            "clear-marks", keys: "U", group: .find, in: .lists, help: "take all marks of this list away",
            unless: { $0.list.marks.isEmpty ? "no row is marked" : nil }
        ) { $0.clearMarks() },
        Action("columns", keys: "c", group: .find, in: .lists, help: "choose which columns the list shows") {
            $0.openColumns()
        },
        Action(
            "toggle-column", keys: "<Space> <Enter>", group: .find, in: .contexts([.columns]),
            help: "show the column, or hide it", hint: "show or hide"
        ) { $0.changeColumns { $0.toggle() } },
        Action(
            "column-left", keys: "K", group: .find, in: .contexts([.columns]), help: "the column further to the left",
            hint: "reorder", hintKeys: "K J"
        ) { $0.changeColumns { $0.move(by: -1) } },
        Action(
            "column-right", keys: "J", group: .find, in: .contexts([.columns]), help: "the column further to the right"
        ) { $0.changeColumns { $0.move(by: 1) } },
        Action(
            "sort-by-column", keys: "s", group: .find, in: .contexts([.columns]),
            help: "sort the list by the column; again turns the order round", hint: "sort"
        ) { $0.sortByChosenColumn() },
        Action(
            "usual-columns", keys: "0", group: .find, in: .contexts([.columns]), help: "the usual columns again",
            hint: "reset"
        ) { $0.changeColumns { $0.reset() } },
    ]

    static let live: [Action] = [
        Action(
            "pause", keys: "p", group: .live, in: .anywhere, help: "hold the picture still, or let it run again"
        ) { $0.togglePause() },
        Action(
            "window", keys: "w", group: .live, in: .anywhere,
            help: "the time that figures cover: 1m, 5m, 1h, 24h, all"
        ) { $0.nextWindow() },
        Action(
            "reload", keys: "r", group: .live, in: .anywhere, help: "read the catalog again"
        ) { _ in [.reloadCatalog] },
        Action(
            "store", keys: "I", group: .live, in: .lists,
            help: "what the store holds, and what was rejected, refused and evicted", hint: "store",
            hintIf: { $0.facts.snapshot.health.hasLosses }
        ) { $0.previewStore() },
    ]

    static let history: [Action] = [
        Action(
            "earlier", keys: "<lt>", group: .live, in: .anywhere,
            help: "back in time by the window; on Traces, to older conversations", hint: "older",
            hintIf: { $0.context.isList && $0.currentScreen.isPartial(in: $0.facts) },
            unless: { $0.facts.snapshot.health.oldest == nil ? "nothing is stored yet" : nil }
        ) { $0.lookEarlier() },
        Action(
            "later", keys: "<gt>", group: .live, in: .anywhere, help: "forward in time, up to now",
            unless: { $0.until == nil ? "this is now" : nil }
        ) { $0.lookLater() },
        Action(
            "moment", keys: "@", group: .live, in: .anywhere,
            help: "look at a moment: -2h, 09:30, 2026-01-15 09:30, oldest, now"
        ) { $0.openMoment() },
        Action(
            "now", keys: ".", group: .live, in: .anywhere, help: "back to the live picture", hint: "now",
            unless: { $0.until == nil ? "this is now" : nil }
        ) { $0.look(until: nil) },
    ]

    static let taking: [Action] = [
        Action(
            "mermaid", keys: "m", group: .take, in: .contexts(lists + [.walk, .waterfall, .sequence]),
            help: "a Mermaid diagram of what is in front, to copy or save", hint: "mermaid"
        ) { model in
            // A large store is not read at once.
            model.notice = "drawing the diagram"
            return [.previewMermaid(model.diagramFocus)]
        },
        Action(
            "export", keys: "X", group: .take, in: .contexts(lists + [.walk, .waterfall, .sequence, .span]),
            help: "this screen as text, to copy or save"
        ) { $0.previewScreen() },
        Action(
            "edit", keys: "e", group: .take,
            in: .contexts(lists + [.walk]), help: "open where it is defined in $EDITOR",
            hint: "edit", unless: { $0.selectedPlace == nil ? "the catalog does not define this" : nil }
        ) { model in model.selectedPlace.map { [.openEditor(path: $0.path, line: $0.line)] } ?? [] },
        Action(
            "copy", keys: "y", group: .take,
            in: .contexts(lists + [.walk, .waterfall, .sequence, .span]),
            help: "copy the selected name or id, or the marked ones",
            unless: { $0.copyText == nil ? "nothing is selected" : nil }
        ) { $0.copySelection() },
        Action(
            "copy-text", keys: "y", group: .take, in: .contexts([.preview]),
            help: "copy the text to the clipboard", hint: "copy"
        ) { $0.copySelection() },
        Action(
            "save", keys: "S", group: .take, in: .contexts([.preview]), help: "save the text as a file", hint: "save"
        ) { $0.savePreview() },
    ]
}
