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

    @Flag(help: "Fix what has one right answer, in the files; the report holds what is left.")
    var fix = false

    @Flag(help: "Print what --fix would change, as a patch, and change nothing.")
    var diff = false

    @Option(help: ArgumentHelp("Write the report to a file.", valueName: "file"), completion: .anyFile)
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
        let (selected, ignored) = (try Self.rules(select), try Self.rules(ignore))
        let source = try CatalogSource(paths + (catalog.map { [$0] } ?? []))
        let check = { (loaded: LoadedCatalog) in
            try withoutKnown(
                lint(loaded).filter {
                    (selected.isEmpty || selected.contains($0.rule)) && !ignored.contains($0.rule)
                })
        }
        if fix || diff {
            let fixing = LintFixing(source: source)
            let fixed = try fixing.fixed(check)
            if diff { return try printDiff(fixed, fixing) }
            try fixing.write(fixed)
            Talk.note(Self.count(fixed, "fixed"))
            try report(fixed.findings, fixed.loaded, format, least)
        } else {
            let loaded = try source.load()
            try report(check(loaded), loaded, format, least)
        }
    }

    private func printDiff(_ fixed: FixedCatalog, _ fixing: LintFixing) throws {
        Output.write(fixing.diff(fixed))
        Talk.note(Self.count(fixed, "to fix"))
        if !fixed.changes.isEmpty { throw ExitCode(1) }
    }

    /// `3 findings fixed in 2 files`
    private static func count(_ fixed: FixedCatalog, _ verb: String) -> String {
        guard fixed.fixed > 0 else { return "nothing \(verb)" }
        let files = fixed.changes.count
        return "\(fixed.fixed) finding\(fixed.fixed == 1 ? "" : "s") \(verb) in \(files) file\(files == 1 ? "" : "s")"
    }

    private func report(
        _ findings: [Diagnostic], _ loaded: LoadedCatalog, _ format: any ReportFormat, _ least: Severity
    ) throws {
        let report = Report(
            diagnostics: findings, sources: loaded.sources, filesChecked: loaded.filesChecked, rules: ruleSummaries,
            toolVersion: Flowglass.version)
        if let output {
            guard FileManager.default.createFile(atPath: output, contents: Data(format.render(report).utf8)) else {
                throw CommandFailure("cannot write \(output)")
            }
            Talk.note(report.summary)
        } else if fix, paths == [CatalogSource.inputName] {
            // Standard output is the fixed text.
            Talk.write(format.render(report))
        } else if format.name == "text" {
            Output.write(TextReport(usesColor: Output.usesColor).render(report))
        } else {
            Output.write(format.render(report))
        }
        let warnings = report.count(of: .warning)
        if let maxWarnings, warnings > maxWarnings {
            Talk.note("\(warnings) warnings are more than --max-warnings \(maxWarnings)")
            throw ExitCode(1)
        }
        if findings.contains(where: { $0.severity >= least }) { throw ExitCode(1) }
    }

    /// `a,b` and `c` are three rules; one that does not exist is a mistake.
    private static func rules(_ lists: [String]) throws -> Set<String> {
        let names = lists.flatMap { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
        for name in names where lintRule(named: name) == nil {
            throw CommandFailure.usage(
                "there is no rule '\(name)'" + suggestion(for: name, among: allRules.map(\.name)))
        }
        return Set(names)
    }

    /// Leaves out what the baseline knows; says when the baseline knows what is no longer there.
    private func withoutKnown(_ findings: [Diagnostic]) throws -> [Diagnostic] {
        guard let path = baseline else {
            if updateBaseline { throw CommandFailure.usage("--update-baseline wants --baseline FILE to write") }
            return findings
        }
        if updateBaseline {
            let new = Baseline(of: findings)
            guard FileManager.default.createFile(atPath: path, contents: Data(new.text.utf8)) else {
                throw CommandFailure("cannot write the baseline \(path)")
            }
            Talk.note("\(path) now knows \(findings.count) finding\(findings.count == 1 ? "" : "s")")
            return []
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw CommandFailure("cannot read the baseline \(path)\nwrite one with --update-baseline")
        }
        let known = Baseline(text: text)
        let stale = known.staleCount(in: findings)
        if stale > 0 {
            Talk.note(
                "\(stale) entr\(stale == 1 ? "y" : "ies") of \(path) no longer occur\(stale == 1 ? "s" : ""): "
                    + "write it anew with --update-baseline")
        }
        return known.newFindings(in: findings)
    }
}
