import TerminalUI

/// Something that a person can do: the one place that says its name, its keys, what it is for and when it cannot be
/// done. Key dispatch, the help, the footer and the `:` palette read it here.
struct Action: Sendable {
    /// Where the help lists it.
    enum Group: String, Sendable, CaseIterable {
        case walk = "Walk the flow"
        case look = "Look closer"
        case find = "Find"
        case live = "Live view"
        case take = "Take along"
        case screens = "Screens"
        case move = "Move"
        case program = "Program"
    }

    /// In which contexts it is there.
    enum Scope: Sendable {
        /// Everywhere, also while text is typed.
        case always
        /// Everywhere but where text is typed.
        case anywhere
        /// In every screen's list.
        case lists
        case contexts([Context])
    }

    /// What the footer shows: `↑↓ move`.
    struct Hint: Sendable, Equatable {
        var keys: [Key]
        var word: String
    }

    /// As typed behind `:`; kebab-case.
    var name: String
    var keys: [Key]
    var group: Group
    var scope: Scope
    /// What it does, in a clause.
    var help: String
    var hint: Hint?
    /// Whether the footer shows the hint now.
    var isHinted: @Sendable (DashboardModel) -> Bool
    /// Why it cannot be done now; nil when it can.
    var obstacle: @Sendable (DashboardModel) -> String?
    var run: @Sendable (inout DashboardModel) -> [Effect]

    /// - Parameters:
    ///   - keys: as `KeyScript` writes them.
    ///   - hintKeys: keys that the footer shows together; nil for the first of `keys`.
    ///   - isHinted: when the footer shows it; always unless given.
    init(
        _ name: String, keys: String, group: Group, in scope: Scope, help: String, hint: String? = nil,
        hintKeys: String? = nil, hintIf isHinted: @escaping @Sendable (DashboardModel) -> Bool = { _ in true },
        unless obstacle: @escaping @Sendable (DashboardModel) -> String? = { _ in nil },
        run: @escaping @Sendable (inout DashboardModel) -> [Effect]
    ) {
        self.name = name
        self.keys = Self.keys(keys)
        self.group = group
        self.scope = scope
        self.help = help
        self.hint = hint.map { Hint(keys: hintKeys.map(Self.keys) ?? Array(Self.keys(keys).prefix(1)), word: $0) }
        self.isHinted = isHinted
        self.obstacle = obstacle
        self.run = run
    }

    func applies(in context: Context) -> Bool {
        switch scope {
        case .always: true
        case .anywhere: !context.takesText
        case .lists: context.isList
        case .contexts(let contexts): contexts.contains(context)
        }
    }

    private static func keys(_ script: String) -> [Key] {
        KeyScript.parse(script).compactMap { event in
            if case .key(let key) = event { key } else { nil }
        }
    }
}

extension Key {
    /// As the footer and the help name it: arrows as arrows, everything else as its description.
    func name(_ glyphs: Glyphs) -> String {
        guard !isControl, !isAlt else { return description }
        switch code {
        case .up: return glyphs.keyUp
        case .down: return glyphs.keyDown
        case .left: return glyphs.keyLeft
        case .right: return glyphs.keyRight
        case .pageUp: return "PgUp"
        case .pageDown: return "PgDn"
        case .backspace: return "Backspace"
        case .backTab: return "Shift-Tab"
        default: return description
        }
    }
}
