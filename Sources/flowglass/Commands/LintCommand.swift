import ArgumentParser
import CatalogLint
import CatalogModel
import Foundation
import SourceDiagnostics

struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Find what is wrong in a catalog.",
        discussion: """
            EXAMPLES
              flowglass lint                          ./catalog
              flowglass lint services/ shared.yaml
              flowglass lint --format github --fail-on warning
            """)

    @Argument(help: ArgumentHelp("Folders and files (default: ./catalog).", valueName: "path"))
    var paths: [String] = []

    @Option(help: ArgumentHelp("\(reportFormats.map(\.name).joined(separator: ", ")).", valueName: "format"))
    var format = "text"

    @Option(
        help: ArgumentHelp(
            "The least severity that makes the exit code 1: error, warning, info.", valueName: "severity"))
    var failOn = "error"

    @Option(help: ArgumentHelp("Write the report to a file.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Read the catalog from here, as on other commands.", visibility: .hidden))
    var catalog: String?

    @Flag(help: "The same as --format json.")
    var json = false

    func run() throws {
        let name = json ? "json" : format
        guard let format = reportFormat(named: name) else {
            throw CommandFailure.usage(
                "there is no format '\(name)'" + suggestion(for: name, among: reportFormats.map(\.name)))
        }
        guard let least = Severity(rawValue: failOn) else {
            throw CommandFailure.usage("--fail-on wants error, warning or info, not '\(failOn)'")
        }
        let loaded: LoadedCatalog
        do throws(CatalogLoadError) {
            let named = paths + (catalog.map { [$0] } ?? [])
            loaded = try loadCatalog(at: named.isEmpty ? [CatalogOptions.defaultPath] : named)
        } catch {
            throw CommandFailure(error)
        }
        let findings = lint(loaded)
        let report = Report(
            diagnostics: findings, sources: loaded.sources, filesChecked: loaded.filesChecked, rules: ruleSummaries,
            toolVersion: Flowglass.version)
        if let output {
            guard FileManager.default.createFile(atPath: output, contents: Data(format.render(report).utf8)) else {
                throw CommandFailure("cannot write \(output)")
            }
            Talk.note(report.summary)
        } else if name == "text" {
            Output.write(TextReport(usesColor: Output.usesColor).render(report))
        } else {
            Output.write(format.render(report))
        }
        if findings.contains(where: { $0.severity >= least }) { throw ExitCode(1) }
    }
}
