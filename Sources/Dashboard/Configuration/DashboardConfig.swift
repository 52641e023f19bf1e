import CatalogModel
public import SourceDiagnostics
import TerminalUI
public import TraceModel

/// What a person writes in `config.yaml` about the dashboard.
///
///     theme: dark
///     start: traces
///     window: 1h
///     columns:
///       topics: [channel, publishers, subscribers, rate, lag-p95, lag-p99]
///     keys:
///       quit: [q, <C-q>]
public struct DashboardConfig: Sendable, Equatable {
    /// A name of `Theme.names`.
    public var theme: String?
    public var window: TimeWindow?
    var startScreen: ScreenID?
    /// By the name of the screen.
    var columns: [String: [Int]] = [:]
    var keys = KeyMap()

    public init() {}

    /// What the file says, and everything that is wrong with it: located, with what would be right.
    public static func read(_ file: SourceFile) -> (config: DashboardConfig, problems: [Diagnostic]) {
        let (data, problem) = LocatedData.parse(file)
        if let problem { return (DashboardConfig(), [problem]) }
        var reader = ConfigReader()
        if let data { reader.read(data) }
        return (reader.config, reader.problems)
    }
}

extension DashboardSettings {
    /// Takes over what a configuration says; the theme needs the terminal, and is the caller's.
    public mutating func apply(_ config: DashboardConfig) {
        if let start = config.startScreen { startScreen = start }
        columns = config.columns
        keys = config.keys
    }

    /// Opens the dashboard on a screen by its name.
    /// - Returns: Whether there is such a screen.
    public mutating func start(on name: String) -> Bool {
        guard let screen = Screens.all.first(where: { $0.id.name == name }) else { return false }
        startScreen = screen.id
        return true
    }

    /// The names of all screens, as they are typed.
    public static var screenNames: [String] { Screens.all.map(\.id.name) }
}
