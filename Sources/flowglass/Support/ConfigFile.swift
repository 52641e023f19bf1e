import ArgumentParser
import Dashboard
import Foundation
import SourceDiagnostics

/// `--config` and what it may be overridden with on the command line.
struct ScreenOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The configuration: keys, theme, columns (default: $XDG_CONFIG_HOME/flowglass/config.yaml).",
            valueName: "path"))
    var config: String?

    @Option(help: ArgumentHelp("default, dark, light, high-contrast or monochrome.", valueName: "name"))
    var theme: String?

    @Option(help: ArgumentHelp("Begin on topics, services, flows, traces, drift or lint.", valueName: "name"))
    var screen: String?

    func validate() throws {
        if let theme, !Theme.names.contains(theme) {
            throw ValidationError("there is no theme '\(theme)': it is one of \(Theme.names.joined(separator: ", "))")
        }
        if let screen, !DashboardSettings.screenNames.contains(screen) {
            throw ValidationError(
                "there is no screen '\(screen)': it is one of "
                    + DashboardSettings.screenNames.joined(separator: ", "))
        }
    }

    /// What the file says; nothing where none was named and none is in its usual place.
    func load() throws -> DashboardConfig {
        let path = config ?? Self.defaultPath
        guard config != nil || FileManager.default.fileExists(atPath: path) else { return DashboardConfig() }
        let bytes = try Files.read(path, as: "the configuration ", limit: Self.largestFile)
        let file = SourceFile(path: path, bytes: bytes)
        let (read, problems) = DashboardConfig.read(file)
        guard problems.isEmpty else {
            let report = Report(diagnostics: problems, sources: [file], filesChecked: 1)
            Talk.write(TextReport(explains: false).render(report))
            throw ExitCode(2)
        }
        return read
    }

    /// Nobody writes more than this.
    private static let largestFile = 1_000_000

    /// `$XDG_CONFIG_HOME/flowglass/config.yaml`, or `~/.config/flowglass/config.yaml` (XDG Base Directory
    /// Specification).
    static var defaultPath: String {
        let environment = ProcessInfo.processInfo.environment
        let folder = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let home = environment["HOME"] ?? NSHomeDirectory()
        return (folder ?? home + "/.config") + "/flowglass/config.yaml"
    }
}
