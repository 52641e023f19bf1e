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

    @OptionGroup var reporting: FindingOptions

    @Option(
        help: ArgumentHelp("The least severity for exit code 1: error, warning, info.", valueName: "severity"),
        completion: .list(["error", "warning", "info"]))
    var failOn = "error"

    @Option(help: ArgumentHelp("More warnings than this make the exit code 1.", valueName: "count"))
    var maxWarnings: Int?

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

    @Option(help: ArgumentHelp("Read the catalog from here, as on other commands.", visibility: .hidden))
    var catalog: String?

    func run() throws {
        let settings = try reporting.resolved(failOn: failOn, .catalog)
        let source = try CatalogSource(paths + (catalog.map { [$0] } ?? []))
        guard watch else { return try look(source, settings) }
        guard case .paths(let paths) = source, !settings.updatesBaseline else {
            throw CommandFailure.usage("--watch goes with files, and not with --update-baseline")
        }
        try LintWatch(paths: paths).run { try look(source, settings) }
    }

    /// One look at the catalog: reads it, and reports, fixes or writes the baseline.
    private func look(_ source: CatalogSource, _ settings: FindingSettings) throws {
        let selection = try selection(source, settings)
        if settings.updatesBaseline { return try settings.writeBaseline(selection.all(of: source.load())) }
        guard fix || diff else {
            let loaded = try source.load()
            return try report(selection.new(of: loaded), loaded, selection, settings)
        }
        let fixing = LintFixing(source: source)
        let fixed = try fixing.fixed { selection.new(of: $0) }
        if diff {
            Output.write(patchText(fixed.changes.map { ($0.old, $0.new) }))
            Talk.note(fixed.sentence("to fix"))
            if !fixed.changes.isEmpty { throw ExitCode(1) }
        } else {
            try fixing.write(fixed)
            Talk.note(fixed.sentence("fixed"))
            try report(fixed.findings, fixed.loaded, selection, settings)
        }
    }

    private func selection(_ source: CatalogSource, _ settings: FindingSettings) throws -> LintSelection {
        var selection = LintSelection(settings: settings)
        if let changedSince {
            guard !settings.updatesBaseline else {
                throw CommandFailure.usage("a baseline is of the whole catalog, not of what changed")
            }
            selection.changedFiles = try changedFiles(since: changedSince, in: source.folder)
        }
        if !settings.updatesBaseline { selection.baseline = try settings.knownFindings() }
        return selection
    }

    private func changedFiles(since reference: String, in folder: String) throws -> Set<String> {
        do {
            guard let changed = try GitRepository(folder: folder).changedFiles(since: reference) else {
                throw CommandFailure("git knows no commit '\(reference)'\nin a shallow clone, fetch it first")
            }
            return changed
        } catch let failure as GitRepository.Failure {
            throw CommandFailure("git cannot say what changed: \(failure.message)")
        }
    }

    private func report(
        _ findings: [Diagnostic], _ loaded: LoadedCatalog, _ selection: LintSelection, _ settings: FindingSettings
    ) throws {
        let report = Report(
            diagnostics: findings, sources: loaded.sources + [selection.baseline?.source].compactMap(\.self),
            filesChecked: loaded.filesChecked, rules: ruleSummaries, toolVersion: Flowglass.version)
        // With fixed standard input, standard output is the fixed text.
        let isOutputTaken = fix && paths == [CatalogSource.inputName]
        try settings.write(report, to: isOutputTaken ? { Talk.write($0) } : nil)
        let warnings = report.count(of: .warning)
        if let maxWarnings, warnings > maxWarnings {
            Talk.note("\(warnings) warnings are more than --max-warnings \(maxWarnings)")
            throw ExitCode(1)
        }
        if settings.fails(findings) { throw ExitCode(1) }
    }
}
