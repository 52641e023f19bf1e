public import TerminalUI

/// What the program's surroundings decide about the dashboard.
public struct DashboardSettings: Sendable, Equatable {
    /// Unicode drawing characters, or ASCII ones.
    public var glyphs: Glyphs
    public var theme: Theme
    /// How far local time is east of UTC, in seconds.
    public var secondsFromUTC: Int
    /// The folder or file that the catalog was read from, as its user typed it, or would be.
    public var catalogPath: String

    /// Where spans come from, for the line at the bottom: `127.0.0.1:4318`, `attached to process 4711`.
    public var source: String?
    /// Whether the spans were read from files, which `source` names: nothing comes after them.
    public var isOfFiles = false
    public var keys = KeyMap()
    /// What the terminal shows first.
    var startScreen = ScreenID.topics
    /// By the name of the screen, the places of the columns that its list shows.
    var columns: [String: [Int]] = [:]

    public init(
        glyphs: Glyphs = .unicode, theme: Theme = .standard, secondsFromUTC: Int = 0, catalogPath: String = "catalog"
    ) {
        self.glyphs = glyphs
        self.theme = theme
        self.secondsFromUTC = secondsFromUTC
        self.catalogPath = catalogPath
    }

    /// Whether everything is said in words, for reading aloud.
    var isPlain: Bool { glyphs == .words }
    var isASCII: Bool { glyphs == .ascii }

    /// Whether the terminal can show a text. Where it has ASCII only, everything else turns into question marks.
    func canShow(_ text: String) -> Bool { !isASCII || text.utf8.allSatisfy { $0 < 0x80 } }
}
