import CatalogLint
import CatalogModel
import Foundation
import SourceDiagnostics

/// Which findings of a catalog a run of `lint` reports: by rule, by changed files, and without those that are known.
struct LintSelection {
    var selected: Set<String>
    var ignored: Set<String>
    /// The real paths of the files whose findings count; nil for all.
    var changedFiles: Set<String>?
    /// The file of known findings, and what it says.
    var baseline: (source: SourceFile, known: Baseline)?

    /// - Throws: `CommandFailure` for a rule that does not exist.
    init(select: [String], ignore: [String]) throws {
        selected = try Self.rules(select)
        ignored = try Self.rules(ignore)
    }

    /// The wanted findings, known ones among them, as every report sorts them.
    func all(of loaded: LoadedCatalog) -> [Diagnostic] {
        lint(loaded).filter { wants(rule: $0.rule) && wants(file: $0.span?.file) }
    }

    /// The wanted findings that are not known, and what the baseline knows in vain.
    func new(of loaded: LoadedCatalog) -> [Diagnostic] {
        let all = all(of: loaded)
        guard let baseline else { return all }
        let checked = Set(loaded.sources.map(\.path))
        let stale = baseline.known.staleEntries(in: all, path: baseline.source.path) { rule, file in
            wants(rule: rule) && wants(file: file)
                && (file.isEmpty || checked.contains(file) || !FileManager.default.fileExists(atPath: file))
        }
        let known = baseline.known.newFindings(in: all)
        guard !stale.isEmpty, wants(rule: "stale-baseline") else { return known }
        return (known + applyLintSettings(to: stale, of: loaded)).sorted(by: Diagnostic.comesBefore)
    }

    private func wants(rule: String) -> Bool {
        (selected.isEmpty || selected.contains(rule)) && !ignored.contains(rule)
    }

    private func wants(file: String?) -> Bool {
        guard let changedFiles else { return true }
        guard let file, let real = realPath(of: file) else { return false }
        return changedFiles.contains(real)
    }

    /// `a,b` and `c` are three rules; one that does not exist is a mistake.
    static func rules(_ lists: [String]) throws -> Set<String> {
        let names = lists.flatMap { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
        for name in names where lintRule(named: name) == nil {
            throw CommandFailure.usage(
                "there is no rule '\(name)'" + suggestion(for: name, among: allRules.map(\.name)))
        }
        return Set(names)
    }
}

/// The path without links, `.` and `..`; nil where there is no such file.
func realPath(of path: String) -> String? {
    guard let pointer = realpath(path.isEmpty ? "." : path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
}
