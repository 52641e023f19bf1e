public import CatalogModel
import Dispatch
public import SourceDiagnostics
import Synchronization

/// Every finding about a catalog: what its reader found, and what the rules find, as `lint:` and the comments in the
/// files have it. Sorted by file, line, column and rule.
public func lint(_ loaded: LoadedCatalog, settings: LintSettings = LintSettings()) -> [Diagnostic] {
    let configuration = LintConfiguration(loaded)
    let context = LintContext(loaded, settings, configuration)
    let rules = allRules.filter { $0.group != .structure && $0.group != .drift && configuration.isOn($0) }
    let found = Mutex<[Diagnostic]>([])
    DispatchQueue.concurrentPerform(iterations: rules.count) { index in
        let diagnostics = rules[index].check(context)
        found.withLock { $0 += diagnostics }
    }
    let all = loaded.diagnostics + configuration.diagnostics + found.withLock { $0 }
    var findings = withSeverities(all, configuration)
    var ignores = IgnoreComments(loaded)
    findings = ignores.withoutIgnored(findings)
    findings += withSeverities(ignores.diagnostics(), configuration)
    return findings.sorted(by: Diagnostic.comesBefore)
}

/// Applies `lint:` and the comments in the files to findings from elsewhere, such as drift: they keep their severity
/// unless `lint:` says otherwise. The result is sorted as every report is.
public func applyLintSettings(to diagnostics: [Diagnostic], of loaded: LoadedCatalog) -> [Diagnostic] {
    var ignores = IgnoreComments(loaded)
    return ignores.withoutIgnored(withSeverities(diagnostics, LintConfiguration(loaded)))
        .sorted(by: Diagnostic.comesBefore)
}

private func withSeverities(_ diagnostics: [Diagnostic], _ configuration: LintConfiguration) -> [Diagnostic] {
    diagnostics.compactMap { diagnostic in
        guard
            let severity = configuration.severity(
                of: diagnostic.rule, in: diagnostic.span?.file, standard: diagnostic.severity)
        else { return nil }
        var diagnostic = diagnostic
        diagnostic.severity = severity
        return diagnostic
    }
}
