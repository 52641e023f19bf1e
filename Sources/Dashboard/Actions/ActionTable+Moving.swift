import TerminalUI

extension ActionTable {
    private static let scrolled: Action.Scope = .contexts(
        lists + [.waterfall, .sequence, .span, .help, .preview, .columns])

    /// Up and down in whatever is in front.
    static let moving: [Action] = [
        Action(
            "down", keys: "j <Down>", group: .move, in: scrolled, help: "the next row", hint: "move",
            hintKeys: "<Up> <Down>"
        ) { $0.scroll(by: .rows(1)) },
        Action("up", keys: "k <Up>", group: .move, in: scrolled, help: "the row above") { $0.scroll(by: .rows(-1)) },
        Action("page-down", keys: "<PageDown> <C-f> <C-d>", group: .move, in: scrolled, help: "one page down") {
            $0.scroll(by: .pages(1))
        },
        Action("page-up", keys: "<PageUp> <C-b> <C-u>", group: .move, in: scrolled, help: "one page up") {
            $0.scroll(by: .pages(-1))
        },
        Action(
            "first", keys: "g <Home>", group: .move, in: scrolled, help: "the first row; a live list then stays there"
        ) { $0.scroll(by: .start) },
        Action("last", keys: "G <End>", group: .move, in: scrolled, help: "the last row") { $0.scroll(by: .end) },
    ]

    /// Along the edges of the flow graph.
    static let walking: [Action] = [
        Action(
            "walk-right", keys: "<Right> l", group: .walk, in: .contexts([.list(.topics), .list(.services)]),
            help: "step into the picture, towards whoever receives", hint: "walk the flow",
            hintKeys: "<Left> <Right>", unless: { $0.obstacleToWalking }
        ) { $0.startWalk(.right) },
        Action(
            "walk-left", keys: "<Left> h", group: .walk, in: .contexts([.list(.topics), .list(.services)]),
            help: "step into the picture, towards whoever sends", unless: { $0.obstacleToWalking }
        ) { $0.startWalk(.left) },
        Action(
            "choose", keys: "j <Down>", group: .walk, in: .contexts([.walk]), help: "the next neighbour",
            hint: "choose", hintKeys: "<Up> <Down>"
        ) { $0.chooseNeighbour(by: 1) },
        Action("choose-previous", keys: "k <Up>", group: .walk, in: .contexts([.walk]), help: "the neighbour above") {
            $0.chooseNeighbour(by: -1)
        },
        Action(
            "follow", keys: "<Right> l", group: .walk, in: .contexts([.walk]),
            help: "go to the chosen receiver, or turn to the receivers", hint: "follow", hintKeys: "<Left> <Right>"
        ) { $0.walk(towards: .right) },
        Action(
            "trace-back", keys: "<Left> h", group: .walk, in: .contexts([.walk]),
            help: "go to the chosen sender, or turn to the senders"
        ) { $0.walk(towards: .left) },
        Action(
            "return", keys: "<Backspace>", group: .walk, in: .contexts([.walk]), help: "back the way you came",
            hint: "back", unless: { $0.walk?.hasPassed == true ? nil : "this is where the walk began" }
        ) { $0.walkBack() },
        Action(
            "leave-walk", keys: "<Esc> q", group: .walk, in: .contexts([.walk]), help: "back to the list", hint: "list"
        ) { $0.leaveWalk() },
        Action(
            "conversations", keys: "t <Enter>", group: .look, in: .contexts(ScreenID.walkable),
            help: "the conversations that passed here", hint: "traces",
            unless: { $0.focusedNode == nil ? "nothing is selected" : nil }
        ) { $0.showTracesOfFocus() },
        Action(
            "impact", keys: "i", group: .look, in: .contexts(ScreenID.walkable),
            help: "its blast radius: who fails and who waits when it stops, and whom to ask", hint: "impact",
            unless: { $0.obstacleToImpact }
        ) { $0.previewImpact() },
    ]
}
