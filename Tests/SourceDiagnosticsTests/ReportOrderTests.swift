import SourceDiagnostics
import Testing

@Suite struct `report order` {
    /// Findings in few places of few files, so that many begin at the same one; some without a place.
    private static func findings(_ count: Int, using generator: inout some RandomNumberGenerator) -> [Diagnostic] {
        let files = ["나.yaml", "a/b.yaml", "a.yaml", "a/한글.yaml", "z.yaml"]
        return (0..<count).map { _ in
            let line = Int.random(in: 1...4, using: &generator)
            let column = Int.random(in: 1...3, using: &generator)
            let span = SourceSpan(
                file: files.randomElement(using: &generator) ?? "", line: line, column: column,
                endLine: line + Int.random(in: 0...1, using: &generator), endColumn: column + 1)
            return Diagnostic(
                rule: ["b-rule", "a-rule"].randomElement(using: &generator) ?? "", severity: .warning,
                message: ["가", "나", "c"].randomElement(using: &generator) ?? "",
                span: Bool.random(using: &generator) || Bool.random(using: &generator) ? span : nil)
        }
    }

    @Test(arguments: [0, 1, 2, 50, 2_000])
    func `is file, line, column, rule and message, and equal ones stay as they came`(count: Int) {
        var generator = SystemRandomNumberGenerator()
        let findings = Self.findings(count, using: &generator)
        #expect(findings.inReportOrder() == findings.sorted(by: Diagnostic.comesBefore))
    }
}
