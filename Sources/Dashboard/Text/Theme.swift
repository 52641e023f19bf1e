public import TerminalUI

/// The looks of everything that has a meaning on the screens, in terms of the terminal's own palette.
///
/// A look only underlines what words and shapes already say: every screen reads the same in `monochrome`.
public struct Theme: Sendable, Equatable {
    /// What stands for the terminal's own colours; plain leaves them to the terminal.
    public var base = Style.plain
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
    /// What has just arrived.
    public var fresh: Style
    public var good: Style
    /// Documented and observed differ; someone should look.
    public var warning: Style
    /// Something failed.
    public var bad: Style
    /// A message waits.
    public var waiting: Style
    /// The bars of services in a waterfall, one for each service in turn.
    public var services: [Style]

    /// The look of a service's bars: the same for the same name in every conversation.
    func style(ofService name: String) -> Style {
        guard !services.isEmpty else { return .plain }
        // FNV-1a: Swift's own hashes differ from run to run.
        let hash = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return services[Int(hash % UInt32(services.count))]
    }
}
