import TerminalUI

extension ActionTable {
    /// One action for each screen's tab, and those that go from tab to tab.
    static let switching: [Action] =
        Screens.all.map { screen in
            Action(
                screen.title.lowercased(), keys: "\(screen.digit)", group: .screens, in: .anywhere,
                help: screen.summary
            ) { $0.show(screen.id) }
        } + [
            Action("next-screen", keys: "<Tab>", group: .screens, in: .anywhere, help: "the next screen") {
                $0.showScreen(by: 1)
            },
            Action("previous-screen", keys: "<BackTab>", group: .screens, in: .anywhere, help: "the screen before") {
                $0.showScreen(by: -1)
            },
            Action(
                "last-screen", keys: "-", group: .screens, in: .anywhere, help: "the screen you came from",
                unless: { $0.lastScreen == nil ? "no other screen was open yet" : nil }
            ) { $0.showLastScreen() },
        ]

    /// The way through the places that one looked at.
    static let jumping: [Action] = [
        Action(
            "jump-back", keys: "[", group: .screens, in: .anywhere, help: "the place you looked at before this one",
            unless: { $0.jumps.canGoBack ? nil : "this is where you began" }
        ) { $0.jump(by: -1) },
        Action(
            "jump-forward", keys: "]", group: .screens, in: .anywhere, help: "forward again after jump-back",
            unless: { $0.jumps.canGoForward ? nil : "you have not gone back" }
        ) { $0.jump(by: 1) },
    ]

    static let program: [Action] = [
        Action(
            "help", keys: "? <F1>", group: .program,
            in: .contexts(lists + [.walk, .waterfall, .sequence, .span, .preview, .columns]),
            help: "the keys of this screen", hint: "help"
        ) { $0.openHelp() },
        Action(
            "close-help", keys: "? <Esc> q <Enter> <F1>", group: .program, in: .contexts([.help]),
            help: "close the help", hint: "close"
        ) {
            $0.close()
        },
        Action("command", keys: ":", group: .program, in: .anywhere, help: "run an action by its name") {
            $0.openPalette()
        },
        Action("quit", keys: "q", group: .program, in: .lists, help: "leave Flowglass", hint: "quit") { _ in [.quit] },
        Action("force-quit", keys: "<C-c>", group: .program, in: .always, help: "leave Flowglass from anywhere") { _ in
            [.quit]
        },
        Action("suspend", keys: "<C-z>", group: .program, in: .always, help: "back to the shell; fg returns") { _ in
            [.suspend]
        },
    ]

    /// While text is typed.
    static let typing: [Action] = [
        Action(
            "accept", keys: "<Enter>", group: .find, in: .contexts([.filter]), help: "keep the filter", hint: "keep"
        ) { $0.close() },
        Action(
            "cancel", keys: "<Esc>", group: .find, in: .contexts([.filter]), help: "as it was before", hint: "cancel"
        ) { $0.cancelFilter() },
        Action("row-below", keys: "<Down>", group: .find, in: .contexts([.filter]), help: "the next row") {
            $0.scroll(by: .rows(1))
        },
        Action("row-above", keys: "<Up>", group: .find, in: .contexts([.filter]), help: "the row above") {
            $0.scroll(by: .rows(-1))
        },
        Action(
            "run", keys: "<Enter>", group: .program, in: .contexts([.palette]), help: "run the chosen action",
            hint: "run"
        ) { $0.runCommand() },
        Action(
            "complete", keys: "<Tab>", group: .program, in: .contexts([.palette]), help: "complete its name",
            hint: "complete"
        ) { $0.completeCommand() },
        Action("next-command", keys: "<Down>", group: .program, in: .contexts([.palette]), help: "the next action") {
            $0.chooseCommand(by: 1)
        },
        Action("previous-command", keys: "<Up>", group: .program, in: .contexts([.palette]), help: "the action above") {
            $0.chooseCommand(by: -1)
        },
        Action(
            "look-there", keys: "<Enter>", group: .live, in: .contexts([.moment]), help: "look at that moment",
            hint: "look"
        ) { $0.lookAtTypedMoment() },
        Action(
            "leave-moment", keys: "<Esc>", group: .live, in: .contexts([.moment]), help: "stay where you are",
            hint: "cancel"
        ) { $0.close() },
        Action(
            "leave-palette", keys: "<Esc>", group: .program, in: .contexts([.palette]), help: "run nothing",
            hint: "cancel"
        ) { $0.close() },
    ]
}
