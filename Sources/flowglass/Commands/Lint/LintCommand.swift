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
            Exit code 1 when a finding is at or above --fail-on, or warnings are more than --max-warnings; with --diff \
            when there is something to fix. --fix changes what has one right answer: misspelt keys, words and references.

            EXAMPLES
              flowglass lint                                  ./catalog
              flowglass lint services/ shared.yaml
              flowglass lint --format github --fail-on warning
              flowglass lint --diff                           what --fix would change
              flowglass lint --baseline known.txt --update-baseline
              flowglass lint --changed-since origin/main      for pull requests
              flowglass lint --watch                          again after every change
              flowglass lint --ignore missing-description -   standard input, for editors
            """)

    @Argument(
        help: ArgumentHelp("Folders and files; - for standard input (default: ./catalog).", valueName: "path"),
        completion: .yaml)
    var paths: [String] = []

    @Option(
        help: ArgumentHelp("\(reportFormats.map(\.name).joined(separator: ", ")).", valueName: "format"),
        completion: .list(reportFormats.map(\.name)))
    var format = "text"

    @Option(
        help: ArgumentHelp("The least severity for exit code 1: error, warning, info.", valueName: "severity"),
        completion: .list(["error", "warning", "info"]))
    var failOn = "error"

    @Option(help: ArgumentHelp("More warnings than this make the exit code 1.", valueName: "count"))
    var maxWarnings: Int?

    @Option(
        help: ArgumentHelp("Only these rules, separated by commas; may be repeated.", valueName: "rules"),
        completion: .rules)
    var select: [String] = []

    @Option(
        help: ArgumentHelp("Without these rules, separated by commas; may be repeated.", valueName: "rules"),
        completion: .rules)
    var ignore: [String] = []

    @Option(
        help: ArgumentHelp("Findings that are known: only new ones are reported.", valueName: "file"),
        completion: .anyFile)
    var baseline: String?

    @Flag(help: "Write today's findings into the baseline.")
    var updateBaseline = false

    @Option(
        help: ArgumentHelp(
            "Only findings in files that changed since the branch left this commit, in git.", valueName: "commit"),
        completion: .commit)
    var changedSince: String?

    @Flag(help: "Fix what has one right answer, in the files; the report holds what is left.")
    var fix = false

    @Flag(help: "Print what --fix would change, as a patch, and change nothing.")
    var diff = false

    @Flag(help: "Report again after every change of the files, until interrupted.")
    var watch = false

    @Option(help: ArgumentHelp("Write the report to a file.", valueName: "file"), completion: .anyFile)
    var output: String?

    @Option(help: ArgumentHelp("Read the catalog from here, as on other commands.", visibility: .hidden))
    var catalog: String?

    @Flag(help: "The same as --format json.")
    var json = false

    func run() throws {
        let settings = try LintSettingsOfRun(self)
        let source = try CatalogSource(paths + (catalog.map { [$0] } ?? []))
        guard watch else { return try look(source, settings) }
        guard case .paths(let paths) = source, !updateBaseline else {
            throw CommandFailure.usage("--watch goes with files, and not with --update-baseline")
        }
        try LintWatch(paths: paths).run { try look(source, settings) }
    }

    /// One look at the catalog: reads it, and reports, fixes or writes the baseline.
    private func look(_ source: CatalogSource, _ settings: LintSettingsOfRun) throws {
        let selection = try selection(source)
        if updateBaseline { return try writeBaseline(selection.all(of: source.load())) }
        guard fix || diff else {
            let loaded = try source.load()
            return try report(selection.new(of: loaded), loaded, selection, settings)
        }
        let fixing = LintFixing(source: source)
        let fixed = try fixing.fixed { selection.new(of: $0) }
        if diff {
            Output.write(fixing.diff(fixed))
            Talk.note(fixed.sentence("to fix"))
            if !fixed.changes.isEmpty { throw ExitCode(1) }
        } else {
            try fixing.write(fixed)
            Talk.note(fixed.sentence("fixed"))
            try report(fixed.findings, fixed.loaded, selection, settings)
        }
    }

    private func selection(_ source: CatalogSource) throws -> LintSelection {
        var selection = try LintSelection(select: select, ignore: ignore)
        if let changedSince {
            selection.changedFiles = try Git.changedFiles(since: changedSince, in: source.folder)
        }
        guard let path = baseline else {
            if updateBaseline { throw CommandFailure.usage("--update-baseline wants --baseline FILE to write") }
            return selection
        }
        if updateBaseline {
            guard changedSince == nil else {
                throw CommandFailure.usage("a baseline is of the whole catalog, not of what changed")
            }
            return selection
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw CommandFailure("cannot read the baseline \(path)\nwrite one with --update-baseline")
        }
        selection.baseline = (SourceFile(path: path, text: text), Baseline(text: text))
        return selection
    }

    private func writeBaseline(_ findings: [Diagnostic]) throws {
        let path = baseline ?? ""
        guard FileManager.default.createFile(atPath: path, contents: Data(Baseline(of: findings).text.utf8)) else {
            throw CommandFailure("cannot write the baseline \(path)")
        }
        Talk.note("\(path) now knows \(findings.count) finding\(findings.count == 1 ? "" : "s")")
    }

    private func report(
        _ findings: [Diagnostic], _ loaded: LoadedCatalog, _ selection: LintSelection, _ settings: LintSettingsOfRun
    ) throws {
        let report = Report(
            diagnostics: findings, sources: loaded.sources + [selection.baseline?.source].compactMap(\.self),
            filesChecked: loaded.filesChecked, rules: ruleSummaries, toolVersion: Flowglass.version)
        let text = settings.format.render(report)
        if let output {
            guard FileManager.default.createFile(atPath: output, contents: Data(text.utf8)) else {
                throw CommandFailure("cannot write \(output)")
            }
            Talk.note(report.summary)
        } else if fix, paths == [CatalogSource.inputName] {
            // Standard output is the fixed text.
            Talk.write(text)
        } else {
            Output.write(
                settings.format is TextReport ? TextReport(usesColor: Output.usesColor).render(report) : text)
        }
        let warnings = report.count(of: .warning)
        if let maxWarnings, warnings > maxWarnings {
            Talk.note("\(warnings) warnings are more than --max-warnings \(maxWarnings)")
            throw ExitCode(1)
        }
        if findings.contains(where: { $0.severity >= settings.least }) { throw ExitCode(1) }
    }
}

/// The options of a run that are names, checked.
struct LintSettingsOfRun {
    var format: any ReportFormat
    /// The least severity that makes the exit code 1.
    var least: Severity

    init(_ command: LintCommand) throws {
        let name = command.json ? "json" : command.format
        guard let format = reportFormat(named: name) else {
            throw CommandFailure.usage(
                "there is no format '\(name)'" + suggestion(for: name, among: reportFormats.map(\.name)))
        }
        guard let least = Severity(rawValue: command.failOn) else {
            throw CommandFailure.usage("--fail-on wants error, warning or info, not '\(command.failOn)'")
        }
        self.format = format
        self.least = least
    }
}
