import SourceDiagnostics

/// An ignore comment that ignores nothing.
struct UnusedIgnore: Rule {
    let name = "unused-ignore"
    let group = RuleGroup.documentation
    let severity: Severity? = .warning
    let summary = "an ignore comment that ignores nothing"
    let explanation = """
        A comment `# flowglass:ignore RULE — reason` hides the findings of that rule on its own line, or, when
        it stands alone, on the next line that is not a comment. When the finding is gone, the comment would
        hide the next one unseen. The same holds for a misspelt rule. A comment without a reason hides
        nothing: in a year the reason is all that anybody wants to know.
        """
    let bad = [
        """
        services:
          order: # flowglass:ignore ⟦missing-owner⟧ — nobody owns it yet
            owner: checkout-team
        """,
        """
        services:
          ⟦# flowglass:ignore missing-owner⟧
          order: {}
        """,
    ]
    let good = [
        """
        services:
          # flowglass:ignore missing-owner, missing-description — goes away with the old shop
          # flowglass:ignore isolated-service — goes away with the old shop
          order: {}
        """
    ]

    /// Its findings are made where the comments are applied, after all other rules.
    func check(_ context: LintContext) -> [Diagnostic] { [] }
}
