import TerminalUI

/// Every action there is, in the order of the footer and the help.
enum ActionTable {
    static let all: [Action] =
        moving + walking + Screens.all.flatMap(\.actions) + conversation + finding + listing + live + history + taking
        + switching + jumping + program + typing

    /// The actions of a context, in the order of the table.
    static func actions(in context: Context) -> [Action] { all.filter { $0.applies(in: context) } }

    /// The actions that the `:` palette offers where `context` was: everything but moving about and the palette itself.
    static func commands(in context: Context) -> [Action] {
        actions(in: context).filter { $0.group != .move && $0.name != "command" }
    }

    static let lists: [Context] = Screens.all.map { .list($0.id) }
}

extension ScreenID {
    /// The contexts in which one stands on a node of the flow graph.
    static var walkable: [Context] { [.list(.topics), .list(.services), .walk] }
}
