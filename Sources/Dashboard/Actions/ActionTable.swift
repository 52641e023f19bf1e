import TerminalUI

/// Every action there is, in the order of the footer and the help.
enum ActionTable {
    static let all: [Action] =
        moving + walking + Screens.all.flatMap(\.actions) + waterfall + finding + live + taking + switching + program
        + typing

    /// The actions of a context, in the order of the table.
    static func actions(in context: Context) -> [Action] { all.filter { $0.applies(in: context) } }

    /// The action that a key stands for.
    static func action(for key: Key, in context: Context) -> Action? {
        all.first { $0.keys.contains(key) && $0.applies(in: context) }
    }

    /// The actions that the `:` palette offers where `context` was: everything but moving about and the palette itself.
    static func commands(in context: Context) -> [Action] {
        actions(in: context).filter { $0.group != .move && $0.name != "command" }
    }
}

extension ScreenID {
    /// The contexts in which one stands on a node of the flow graph.
    static var walkable: [Context] { [.list(.topics), .list(.services), .walk] }
}
