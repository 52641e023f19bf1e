public import TerminalUI

/// The looks of everything that has a meaning on the screens, in terms of the terminal's own palette.
///
/// A look only underlines what words and shapes already say: every screen reads the same in `monochrome`.
public struct Theme: Sendable, Equatable {
    /// The program's name and the title of a frame.
    public var title: Style
    /// A tab that is not the current one.
    public var tab: Style
    public var currentTab: Style
    public var frame: Style
    /// The titles of columns and sections.
    public var heading: Style
    /// What matters least: units, places, what is not there.
    public var dim: Style
    /// Names that stand in the middle of attention.
    public var focus: Style
    /// What matched the filter, what is chosen in a pane.
    public var chosen: Style.Attributes
    public var key: Style
    public var good: Style
    /// Documented and observed differ; someone should look.
    public var warning: Style
    /// Something failed.
    public var bad: Style
    /// A message waits.
    public var waiting: Style
    /// The bars of services in a waterfall, one for each service in turn.
    public var services: [Style]

    /// Follows the terminal's palette, on dark and on light backgrounds.
    public static let standard = Theme(
        title: Style(.cyan, on: .standard, .bold), tab: .plain,
        currentTab: Style(.standard, on: .standard, [.bold, .reverse]),
        frame: Style(.standard, on: .standard, .dim), heading: Style(.standard, on: .standard, .bold),
        dim: Style(.standard, on: .standard, .dim), focus: Style(.cyan, on: .standard, .bold), chosen: .reverse,
        key: Style(.cyan), good: Style(.green), warning: Style(.yellow), bad: Style(.red, on: .standard, .bold),
        waiting: Style(.standard, on: .standard, .dim),
        services: [Style(.blue), Style(.green), Style(.magenta), Style(.cyan)])

    /// For `NO_COLOR` and terminals without colours.
    public static let monochrome = Theme(
        title: Style(.standard, on: .standard, .bold), tab: .plain,
        currentTab: Style(.standard, on: .standard, [.bold, .reverse]), frame: .plain,
        heading: Style(.standard, on: .standard, .bold), dim: Style(.standard, on: .standard, .dim),
        focus: Style(.standard, on: .standard, .bold), chosen: .reverse,
        key: Style(.standard, on: .standard, .bold), good: .plain,
        warning: .plain, bad: Style(.standard, on: .standard, .bold),
        waiting: Style(.standard, on: .standard, .dim), services: [.plain])

    /// The look of a service's bars: the same for the same name in every conversation.
    func style(ofService name: String) -> Style {
        guard !services.isEmpty else { return .plain }
        // FNV-1a: Swift's own hashes differ from run to run.
        let hash = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return services[Int(hash % UInt32(services.count))]
    }
}
