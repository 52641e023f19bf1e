public import CatalogModel
import Dispatch
public import SourceDiagnostics
import Synchronization

/// Every finding about a catalog: what its reader found, and what the rules find, as `lint:` and the comments in the
/// files have it. Sorted by file, line, column and rule.
public func lint(_ loaded: LoadedCatalog, settings: LintSettings = LintSettings()) -> [Diagnostic] {
    let configuration = LintConfiguration(loaded, asked: settings.asked)
    let context = LintContext(loaded, settings, configuration)
    let rules = allRules.filter { $0.group != .structure && $0.group != .drift && configuration.isOn($0) }
    let found = Mutex<[Diagnostic]>([])
    DispatchQueue.concurrentPerform(iterations: rules.count) { index in
        let diagnostics = withSeverities(rules[index].check(context), configuration)
        found.withLock { $0 += diagnostics }
    }
    let all = withSeverities(loaded.diagnostics + configuration.diagnostics, configuration) + found.withLock { $0 }
    var ignores = IgnoreComments(loaded)
    var findings = ignores.withoutIgnored(all)
    findings += withSeverities(ignores.diagnostics(), configuration)
    return findings.inReportOrder()
}

/// Applies `lint:` and the comments in the files to findings from elsewhere, such as drift: they keep their severity
/// unless `lint:` says otherwise. Rules that were `asked` for by name are on where `lint:` sets them off everywhere. The
/// result is sorted as every report is.
public func applyLintSettings(
    to diagnostics: [Diagnostic], of loaded: LoadedCatalog, asked: Set<String> = []
) -> [Diagnostic] {
    applyLintSettings(to: diagnostics, at: \.self, of: loaded, asked: asked)
}

/// The same for values that hold a finding beside other things.
public func applyLintSettings<Finding>(
    to findings: [Finding], at diagnostic: WritableKeyPath<Finding, Diagnostic>, of loaded: LoadedCatalog,
    asked: Set<String> = []
) -> [Finding] {
    let configuration = LintConfiguration(loaded, asked: asked)
    var ignores = IgnoreComments(loaded)
    return findings.compactMap { finding in
        var finding = finding
        let kept = ignores.withoutIgnored(withSeverities([finding[keyPath: diagnostic]], configuration))
        guard let only = kept.first else { return nil }
        finding[keyPath: diagnostic] = only
        return finding
    }.sorted { Diagnostic.comesBefore($0[keyPath: diagnostic], $1[keyPath: diagnostic]) }
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
