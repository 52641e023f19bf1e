import Dashboard
import SourceDiagnostics
import Testing

@Suite struct LintScreenTests {
    @Test func `errors come first, and what Drift marks is marked here, too`() {
        var model = DashboardModel.sample()
        let diagnostics = [Severity.info, .warning, .error, .warning].enumerated().map { number, severity in
            Diagnostic(
                rule: "rule", severity: severity, message: "finding-\(number)",
                span: SourceSpan(file: "a.yaml", line: number + 1, column: 1, endColumn: 2), label: "here")
        }
        _ = model.update(.catalog(Sample.catalog, CatalogFindings(diagnostics: diagnostics, filesChecked: 1)))
        model.press("6")
        let rows = model.text.split(separator: "\n").prefix(12).filter { $0.contains(" finding-") }
        #expect(
            rows.map { $0.split(separator: " ").prefix(3).joined(separator: " ") }
                == ["│! error finding-2", "│! warning finding-1", "│! warning finding-3", "│ info finding-0"])
        // Only rows with something wrong: those that are marked.
        model.press("!")
        #expect(model.text.contains(" finding-3") && !model.text.contains(" finding-0"))
    }
}
