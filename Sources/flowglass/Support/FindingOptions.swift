import ArgumentParser
import CatalogLint
import CatalogModel
import Foundation
import SourceDiagnostics

/// How findings are chosen and reported, the same on `lint`, `drift` and `verify`.
struct FindingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "\(reportFormats.map(\.name).joined(separator: ", ")) (default: text).", valueName: "format"),
        completion: .list(reportFormats.map(\.name)))
    var format: String?

    @Flag(help: "The same as --format json.")
    var json = false

    @Option(help: ArgumentHelp("Write the report to a file.", valueName: "file"), completion: .anyFile)
    var output: String?

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

    /// Which rules a command has.
    enum Half {
        /// `lint`: what the catalog alone shows.
        case catalog
        /// `drift` and `verify`: what takes spans.
        case spans

        func has(_ rule: any Rule) -> Bool { (rule.group == .drift) == (self == .spans) }
    }

    /// Checked before any work is done.
    func resolved(failOn: String, _ half: Half) throws -> FindingSettings {
        let name = json ? "json" : format ?? "text"
        guard !json || format == nil || format == "json" else {
            throw CommandFailure.usage("--json is --format json, and not --format \(format ?? ""): choose one")
        }
        guard let format = reportFormat(named: name) else {
            throw CommandFailure.usage(
                "there is no format '\(name)'" + suggestion(for: name, among: reportFormats.map(\.name))
                    + "\nthe formats are \(reportFormats.map(\.name).joined(separator: ", "))")
        }
        guard let least = Severity(rawValue: failOn) else {
            throw CommandFailure.usage("--fail-on wants error, warning or info, not '\(failOn)'")
        }
        if updateBaseline, baseline == nil {
            throw CommandFailure.usage("--update-baseline wants --baseline FILE to write")
        }
        let selected = try Self.rules(select)
        // Silence would read as "nothing is wrong".
        for name in selected.sorted() where lintRule(named: name).map(half.has) == false {
            throw CommandFailure.usage(
                half == .catalog
                    ? "'\(name)' takes spans, which lint does not read\nask 'flowglass drift --select \(name)'"
                    : "'\(name)' is about the catalog alone, and takes no spans\nask 'flowglass lint --select \(name)'")
        }
        return FindingSettings(
            format: format, output: output, least: least, selected: selected,
            ignored: try Self.rules(ignore), baseline: baseline, updatesBaseline: updateBaseline)
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
}

/// Options that were checked.
struct FindingSettings {
    var format: any ReportFormat
    var output: String?
    /// The least severity that fails.
    var least: Severity
    var selected: Set<String>
    var ignored: Set<String>
    var baseline: String?
    var updatesBaseline: Bool

    /// Whether programs read the report from standard output.
    var isForPrograms: Bool { format.name != "text" && output == nil }

    func wants(rule: String) -> Bool { (selected.isEmpty || selected.contains(rule)) && !ignored.contains(rule) }

    /// The findings that are asked for and not known.
    func chosen(of findings: [Diagnostic]) throws -> [Diagnostic] {
        try withoutKnown(findings.filter { wants(rule: $0.rule) })
    }

    /// Prints the report, or writes it to the file. Only standard output may get colours.
    func write(_ report: Report, to print: ((String) -> Void)? = nil) throws {
        let usesColor = print == nil && Output.usesColor
        let print = print ?? Output.write
        if output == nil, format.name == "text" {
            print(TextReport(usesColor: usesColor).render(report))
        } else {
            try write(format.render(report), report, to: print)
        }
    }

    /// The same for a report that was rendered as JSON with more in it.
    func write(_ value: JSONValue, _ report: Report, to print: (String) -> Void) throws {
        try write(value.text() + "\n", report, to: print)
    }

    private func write(_ text: String, _ report: Report, to print: (String) -> Void) throws {
        guard let output else { return print(text) }
        try Files.overwrite(output, with: text)
        Talk.note(report.summary)
    }

    func fails(_ findings: [Diagnostic]) -> Bool { findings.contains { $0.severity >= least } }

    /// Leaves out what the baseline knows.
    private func withoutKnown(_ findings: [Diagnostic]) throws -> [Diagnostic] {
        if updatesBaseline {
            try writeBaseline(findings)
            return []
        }
        // What did not occur in this window is not gone for good, so that no entry is called stale.
        return try knownFindings()?.known.newFindings(in: findings) ?? findings
    }

    /// The file of known findings, and what it says; nil where none is named.
    func knownFindings() throws -> (source: SourceFile, known: Baseline)? {
        guard let path = baseline else { return nil }
        let text = try Files.readText(path, as: "the baseline ", advice: "write one with --update-baseline")
        return (SourceFile(path: path, text: text), Baseline(text: text))
    }

    func writeBaseline(_ findings: [Diagnostic]) throws {
        guard let path = baseline else { return }
        try Files.replace(path, with: Baseline(of: findings).text)
        Talk.note("\(path) now knows \(counted(findings.count, "finding"))")
    }
}
