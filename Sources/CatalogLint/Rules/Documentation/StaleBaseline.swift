import SourceDiagnostics

/// An entry of the baseline whose finding is gone.
struct StaleBaseline: Rule {
    let name = "stale-baseline"
    let group = RuleGroup.documentation
    let severity: Severity? = .warning
    let summary = "a known finding that no longer occurs"
    let explanation = """
        A baseline holds the findings that are known, so that only new ones are reported. When one of them is
        mended, its entry would hide the next finding of the same words unseen. It is time to take the line out
        of the baseline, or to write it anew with `--update-baseline`, which also takes in what is found new.

        The finding stands in the baseline file, where no comment ignores it. Entries of rules and files that the run leaves out are not
        looked at.
        """
    let isIgnorable = false
    let bad = [
        """
        # known.txt, while 'order' has an owner by now
        ⟦missing-owner	catalog.yaml	service 'order' has no owner⟧
        """
    ]
    let good = [
        """
        # known.txt, while 'order' has no owner yet
        missing-owner	catalog.yaml	service 'order' has no owner
        """
    ]

    /// Its findings are made where the baseline is applied, after all other rules.
    func check(_ context: LintContext) -> [Diagnostic] { [] }
}
