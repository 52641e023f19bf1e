import CatalogLint
import CatalogModel
import Foundation
import SourceDiagnostics

/// Which findings of a catalog a run of `lint` reports: by rule, by changed files, and without those that are known.
struct LintSelection {
    /// Which rules are asked for.
    var settings: FindingSettings
    /// The real paths of the files whose findings count; nil for all.
    var changedFiles: Set<String>?
    /// The file of known findings, and what it says.
    var baseline: (source: SourceFile, known: Baseline)?

    /// The wanted findings, known ones among them, as every report sorts them.
    func all(of loaded: LoadedCatalog) -> [Diagnostic] {
        var asked = LintSettings()
        asked.asked = settings.selected
        return lint(loaded, settings: asked).filter { settings.wants(rule: $0.rule) && wants(file: $0.span?.file) }
    }

    /// The wanted findings that are not known, and what the baseline knows in vain.
    func new(of loaded: LoadedCatalog) -> [Diagnostic] {
        let all = all(of: loaded)
        guard let baseline else { return all }
        let checked = Set(loaded.sources.map(\.path))
        let stale = baseline.known.staleEntries(in: all, path: baseline.source.path) { rule, file in
            settings.wants(rule: rule) && wants(file: file)
                && (file.isEmpty || checked.contains(file) || !FileManager.default.fileExists(atPath: file))
        }
        let known = baseline.known.newFindings(in: all)
        guard !stale.isEmpty, settings.wants(rule: "stale-baseline") else { return known }
        return (known + applyLintSettings(to: stale, of: loaded, asked: settings.selected)).inReportOrder()
    }

    private func wants(file: String?) -> Bool {
        guard let changedFiles else { return true }
        guard let file, let real = realPath(of: file) else { return false }
        return changedFiles.contains(real)
    }
}

/// The path without links, `.` and `..`; nil where there is no such file.
func realPath(of path: String) -> String? {
    guard let pointer = realpath(path.isEmpty ? "." : path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
}
