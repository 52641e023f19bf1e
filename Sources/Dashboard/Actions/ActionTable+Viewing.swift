import TerminalUI

extension ActionTable {
    /// In a conversation's waterfall and its spans.
    static let waterfall: [Action] = [
        Action(
            "details", keys: "<Enter>", group: .look, in: .contexts([.waterfall]),
            help: "everything about the span: attributes, events, links", hint: "details"
        ) { $0.openSpan() },
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
            "next-span", keys: "n <Right> l", group: .look, in: .contexts([.span]), help: "the next span",
            hint: "other spans", hintKeys: "<Left> <Right>"
        ) { $0.moveSpan(by: 1) },
        Action("previous-span", keys: "N <Left> h", group: .look, in: .contexts([.span]), help: "the span above") {
            $0.moveSpan(by: -1)
        },
        Action(
            "close", keys: "<Esc> q <Backspace>", group: .look, in: .contexts([.waterfall, .span, .preview]),
            help: "back to where you were", hint: "back"
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
            "clear-filter", keys: "<Esc>", group: .find, in: .lists, help: "show the whole list again",
            unless: { $0.list.filter.isEmpty ? "the list is not filtered" : nil }
        ) { $0.setFilter("") },
        Action(
            "next-match", keys: "n", group: .find, in: .contexts(Screens.all.map { .list($0.id) } + [.waterfall]),
            help: "the next match", unless: { $0.obstacleToMatches }
        ) { $0.findNext(forward: true) },
        Action(
            "previous-match", keys: "N", group: .find, in: .contexts(Screens.all.map { .list($0.id) } + [.waterfall]),
            help: "the match before", unless: { $0.obstacleToMatches }
        ) { $0.findNext(forward: false) },
        Action("sort", keys: "s", group: .find, in: .lists, help: "sort by the next column", hint: "sort") {
            $0.sortByNextColumn()
        },
        Action(
            "reverse", keys: "S", group: .find, in: .lists, help: "turn the order round",
            unless: { $0.list.sort == nil ? "no column is chosen: press s first" : nil }
        ) { $0.reverseSort() },
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
            "reload", keys: "r", group: .live, in: .anywhere, help: "read the catalog again",
            unless: { $0.settings.catalogPath == nil ? "no catalog was given" : nil }
        ) { _ in [.reloadCatalog] },
    ]

    static let taking: [Action] = [
        Action(
            "mermaid", keys: "m", group: .take, in: .contexts(Screens.all.map { .list($0.id) } + [.walk, .waterfall]),
            help: "a Mermaid diagram of what is in front, to copy or save", hint: "mermaid"
        ) { model in [.previewMermaid(model.diagramFocus)] },
        Action(
            "edit", keys: "e", group: .take,
            in: .contexts(Screens.all.map { .list($0.id) } + [.walk]), help: "open where it is defined in $EDITOR",
            hint: "edit", unless: { $0.selectedPlace == nil ? "the catalog does not define this" : nil }
        ) { model in model.selectedPlace.map { [.openEditor(path: $0.path, line: $0.line)] } ?? [] },
        Action(
            "copy", keys: "y", group: .take,
            in: .contexts(Screens.all.map { .list($0.id) } + [.walk, .waterfall, .span, .preview]),
            help: "copy the selected name, id or text", unless: { $0.copyText == nil ? "nothing is selected" : nil }
        ) { $0.copySelection() },
        Action(
            "save", keys: "S", group: .take, in: .contexts([.preview]), help: "save the text as a file", hint: "save"
        ) { $0.savePreview() },
    ]
}
