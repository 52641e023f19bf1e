public import TerminalUI

/// What the program's surroundings decide about the dashboard.
public struct DashboardSettings: Sendable, Equatable {
    /// Unicode drawing characters, or ASCII ones.
    public var glyphs: Glyphs
    public var theme: Theme
    /// How far local time is east of UTC, in seconds.
    public var secondsFromUTC: Int
    /// The folder or file that the catalog was read from, as its user typed it; nil where there is none.
    public var catalogPath: String?

    public init(
        glyphs: Glyphs = .unicode, theme: Theme = .standard, secondsFromUTC: Int = 0, catalogPath: String? = nil
    ) {
        self.glyphs = glyphs
        self.theme = theme
        self.secondsFromUTC = secondsFromUTC
        self.catalogPath = catalogPath
    }

    var isASCII: Bool { glyphs == .ascii }
}
