import TerminalUI

extension Theme {
    /// The themes by the names that a person chooses them by, for a terminal of so many colours.
    ///
    /// A theme of 256 colours falls back on the sixteen of the terminal's palette, and any theme on `monochrome` where
    /// there are none.
    public static func named(_ name: String, colors: Int) -> Theme? {
        guard let theme = all.first(where: { $0.name == name }) else { return nil }
        return colors > 1 ? theme.make(colors) : monochrome
    }

    public static var names: [String] { all.map(\.name) }

    private static let all: [(name: String, make: @Sendable (_ colors: Int) -> Theme)] = [
        ("dark", { $0 >= 256 ? dark : standard.on(Style(.white, on: .black)) }),
        ("default", { _ in standard }),
        ("high-contrast", { _ in highContrast }),
        ("light", { $0 >= 256 ? light : standard.on(Style(.black, on: .white)) }),
        ("monochrome", { _ in monochrome }),
    ]

    /// Follows the terminal's palette, on dark and on light backgrounds.
    public static let standard = Theme(
        title: Style(.cyan, on: .standard, .bold), tab: .plain,
        currentTab: Style(.standard, on: .standard, [.bold, .reverse]),
        frame: Style(.standard, on: .standard, .dim), heading: Style(.standard, on: .standard, .bold),
        dim: Style(.standard, on: .standard, .dim), focus: Style(.cyan, on: .standard, .bold), chosen: .reverse,
        key: Style(.cyan), fresh: Style(.green, on: .standard, .bold), good: Style(.green), warning: Style(.yellow),
        bad: Style(.red, on: .standard, .bold), waiting: Style(.standard, on: .standard, .dim),
        services: [Style(.blue), Style(.green), Style(.magenta), Style(.cyan)])

    /// For `NO_COLOR` and terminals without colours.
    public static let monochrome = Theme(
        title: Style(.standard, on: .standard, .bold), tab: .plain,
        currentTab: Style(.standard, on: .standard, [.bold, .reverse]), frame: .plain,
        heading: Style(.standard, on: .standard, .bold), dim: Style(.standard, on: .standard, .dim),
        focus: Style(.standard, on: .standard, .bold), chosen: .reverse,
        key: Style(.standard, on: .standard, .bold), fresh: Style(.standard, on: .standard, .bold), good: .plain,
        warning: .plain, bad: Style(.standard, on: .standard, .bold),
        waiting: Style(.standard, on: .standard, .dim), services: [.plain])

    /// Soft colours on near-black, whatever the terminal's palette is. Indexes are those of the 256-colour cube.
    static let dark = Theme(
        base: Style(.indexed(252), on: .indexed(234)), title: Style(.indexed(80), on: .standard, .bold),
        tab: Style(.indexed(248)), currentTab: Style(.indexed(234), on: .indexed(80), .bold),
        frame: Style(.indexed(240)), heading: Style(.indexed(255), on: .standard, .bold), dim: Style(.indexed(245)),
        focus: Style(.indexed(80), on: .standard, .bold), chosen: .reverse, key: Style(.indexed(80)),
        fresh: Style(.indexed(114), on: .standard, .bold), good: Style(.indexed(114)), warning: Style(.indexed(221)),
        bad: Style(.indexed(203), on: .standard, .bold), waiting: Style(.indexed(243)),
        services: [75, 114, 176, 80, 215, 147].map { Style(.indexed($0)) })

    /// Dark text on near-white.
    static let light = Theme(
        base: Style(.indexed(235), on: .indexed(255)), title: Style(.indexed(24), on: .standard, .bold),
        tab: Style(.indexed(240)), currentTab: Style(.indexed(255), on: .indexed(24), .bold),
        frame: Style(.indexed(247)), heading: Style(.indexed(232), on: .standard, .bold), dim: Style(.indexed(242)),
        focus: Style(.indexed(24), on: .standard, .bold), chosen: .reverse, key: Style(.indexed(24)),
        fresh: Style(.indexed(22), on: .standard, .bold), good: Style(.indexed(28)), warning: Style(.indexed(130)),
        bad: Style(.indexed(124), on: .standard, .bold), waiting: Style(.indexed(245)),
        services: [25, 28, 90, 30, 130, 54].map { Style(.indexed($0)) })

    /// Nothing faint: full white on black, and the pure colours of the palette.
    static let highContrast = Theme(
        base: Style(.white, on: .black, .bold), title: Style(.yellow, on: .standard, .bold), tab: .plain,
        currentTab: Style(.black, on: .yellow, .bold), frame: .plain,
        heading: Style(.yellow, on: .standard, .bold), dim: .plain, focus: Style(.cyan, on: .standard, .bold),
        chosen: .reverse, key: Style(.cyan, on: .standard, .bold), fresh: Style(.green, on: .standard, .bold),
        good: Style(.green, on: .standard, .bold), warning: Style(.yellow, on: .standard, .bold),
        bad: Style(.red, on: .standard, [.bold, .underline]), waiting: .plain,
        services: [Style(.cyan), Style(.green), Style(.magenta), Style(.yellow)])

    /// The same theme with colours of its own for text and background.
    private func on(_ base: Style) -> Theme {
        var theme = self
        theme.base = base
        return theme
    }
}
