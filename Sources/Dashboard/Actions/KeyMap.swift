import TerminalUI

/// Which keys stand for which actions: those of the table, and what a person put in their place.
public struct KeyMap: Sendable, Equatable {
    /// The keys of an action by its name; they replace all of its own.
    var replaced: [String: [Key]]

    public init() { replaced = [:] }

    init(_ replaced: [String: [Key]]) { self.replaced = replaced }

    func keys(of action: Action) -> [Key] { replaced[action.name] ?? action.keys }

    /// What the footer shows for an action.
    func hintKeys(of action: Action) -> [Key] {
        if let keys = replaced[action.name] { return Array(keys.prefix(1)) }
        return action.hint?.keys ?? Array(action.keys.prefix(1))
    }

    /// The key of an action, for texts that send people to it: `/`; `:filter` where no key stands for it.
    func name(of action: String, _ glyphs: Glyphs) -> String {
        let key = ActionTable.all.first { $0.name == action }.flatMap { hintKeys(of: $0).first }
        return key?.name(glyphs) ?? ":\(action)"
    }

    /// The action that a key stands for.
    func action(for key: Key, in context: Context) -> Action? {
        ActionTable.all.first { keys(of: $0).contains(key) && $0.applies(in: context) }
    }

    /// A key that stands for two actions at once.
    struct Conflict: Equatable {
        var key: Key
        var first: String
        var second: String
        /// Where both are.
        var context: Context
    }

    /// - Complexity: O(contexts × actions).
    func conflicts() -> [Conflict] {
        var found: [Conflict] = []
        for context in Context.all {
            var owners: [Key: String] = [:]
            for action in ActionTable.actions(in: context) {
                for key in keys(of: action) {
                    if let owner = owners[key], owner != action.name {
                        let conflict = Conflict(key: key, first: owner, second: action.name, context: context)
                        let isKnown = found.contains {
                            $0.key == key && $0.first == owner && $0.second == action.name
                        }
                        if !isKnown { found.append(conflict) }
                    }
                    owners[key] = action.name
                }
            }
        }
        return found
    }
}
