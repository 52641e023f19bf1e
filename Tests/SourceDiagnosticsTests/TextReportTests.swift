import SourceDiagnostics
import Testing

@Suite struct `text report` {
    let billing = SourceFile(
        path: "catalog/services/billing.yaml",
        text: String(repeating: "#\n", count: 9) + "services:\n  billing:\n      - order.payed\n")
    let order = SourceFile(path: "catalog/topics/order.yaml", text: "topics:\n\n  order.paid:\n")

    @Test func `a finding shows its headline, its place, the other place and what helps`() {
        let diagnostic = Diagnostic(
            rule: "unknown-reference", severity: .error,
            message: "'billing' subscribes to 'order.payed', which is not a topic or a queue",
            span: SourceSpan(file: billing.path, line: 12, column: 9, endColumn: 20), label: "no such channel",
            related: [
                RelatedPlace(
                    span: SourceSpan(file: order.path, line: 3, column: 3, endColumn: 13),
                    label: "similar name, published by 'checkout'")
            ], help: "did you mean 'order.paid'?")
        let report = Report(diagnostics: [diagnostic], sources: [billing, order], filesChecked: 48)
        #expect(
            TextReport().render(report) == """
                error[unknown-reference]: 'billing' subscribes to 'order.payed', which is not a topic or a queue
                  --> catalog/services/billing.yaml:12:9
                   |
                12 |       - order.payed
                   |         ^^^^^^^^^^^ no such channel
                   |
                  ::: catalog/topics/order.yaml:3:3
                   |
                 3 |   order.paid:
                   |   ---------- similar name, published by 'checkout'
                   |
                 help: did you mean 'order.paid'?
                 more: flowglass explain unknown-reference

                1 error in 1 file (48 files checked)

                """)
    }

    @Test(arguments: [
        ("services: 주문서비스", 11, 16, "          ^^^^^^^^^^"),
        ("주문: payed", 5, 10, "      ^^^^^"),
        ("🎫🎫 x", 4, 5, "     ^"),
        ("\tkey: value", 7, 12, "         ^^^^^"),
        ("a\tb", 3, 4, "    ^"),
        ("short", 9, 12, "     ^"),
        ("name: \"a\u{202E}b\"", 7, 12, "      ^^^^^^^^^^^^"),
    ])
    func `the underline stands below its text whatever the width`(line: String, from: Int, to: Int, underline: String) {
        let file = SourceFile(path: "a.yaml", text: line)
        let diagnostic = Diagnostic(
            rule: "r", severity: .warning, message: "m",
            span: SourceSpan(file: "a.yaml", line: 1, column: from, endColumn: to))
        let lines = TextReport().render(Report(diagnostics: [diagnostic], sources: [file], filesChecked: 1))
            .split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[4] == "  | " + underline)
    }

    @Test func `a span over several lines is underlined to the end of the first one`() {
        let file = SourceFile(path: "a.yaml", text: "key: first   \n  second\n")
        let diagnostic = Diagnostic(
            rule: "r", severity: .info, message: "m",
            span: SourceSpan(file: "a.yaml", line: 1, column: 6, endLine: 2, endColumn: 9), label: "here")
        let text = TextReport().render(Report(diagnostics: [diagnostic], sources: [file], filesChecked: 1))
        #expect(text.contains("  |      ^^^^^ here\n"))
        #expect(text.hasSuffix("1 info in 1 file (1 file checked)\n"))
    }

    @Test func `a line of megabytes is cut around the span, or only named`() {
        let long = SourceFile(
            path: "a.yaml", text: String(repeating: "x", count: 1000) + "⟨here⟩" + String(repeating: "y", count: 1000))
        let huge = SourceFile(path: "b.yaml", text: String(repeating: "x", count: 1_000_000))
        let diagnostics = [
            Diagnostic(
                rule: "r", severity: .error, message: "m",
                span: SourceSpan(file: "a.yaml", line: 1, column: 1001, endColumn: 1007)),
            Diagnostic(
                rule: "r", severity: .error, message: "m",
                span: SourceSpan(file: "b.yaml", line: 1, column: 500_000, endColumn: 500_002)),
        ]
        let text = TextReport().render(Report(diagnostics: diagnostics, sources: [long, huge], filesChecked: 2))
        #expect(text.contains("⟨here⟩"))
        #expect(text.contains("(a line of 1000000 bytes)"))
        #expect(text.utf8.count < 1500)
    }

    @Test func `nothing from outside reaches the terminal as a control character`() {
        let evil = "a\u{1B}[2Jb\u{9B}c\u{7F}"
        let diagnostic = Diagnostic(
            rule: evil, severity: .error, message: evil, span: SourceSpan(file: evil, line: 1, column: 1), label: evil,
            related: [RelatedPlace(span: SourceSpan(file: evil, line: 1, column: 2), label: evil)], help: evil,
            evidence: [evil])
        let report = Report(
            diagnostics: [diagnostic], sources: [SourceFile(path: evil, text: evil)], filesChecked: 1)
        for format in reportFormats {
            let controls = format.render(report).unicodeScalars.filter {
                $0.properties.generalCategory == .control && $0 != "\n"
            }
            #expect(controls.isEmpty, "\(format.name)")
        }
    }

    @Test func `colour is used when it is asked for and at no other time`() {
        let diagnostic = Diagnostic(rule: "r", severity: .error, message: "m", span: nil)
        let report = Report(diagnostics: [diagnostic], filesChecked: 1)
        #expect(TextReport(usesColor: true).render(report).contains("\u{1B}[1;31merror[r]\u{1B}[0m"))
        #expect(!TextReport().render(report).contains("\u{1B}"))
    }

    @Test(
        arguments: [
            ([], "no findings (3 files checked)"),
            ([Severity.error], "1 error in 1 file (3 files checked)"),
            ([.warning, .warning, .error, .info], "1 error, 2 warnings, 1 info in 1 file (3 files checked)"),
        ] as [([Severity], String)])
    func `the summary counts by severity`(severities: [Severity], summary: String) {
        let diagnostics = severities.map {
            Diagnostic(rule: "r", severity: $0, message: "m", span: SourceSpan(file: "a.yaml", line: 1, column: 1))
        }
        #expect(Report(diagnostics: diagnostics, filesChecked: 3).summary == summary)
    }

    @Test func `what is no rule is not said to be explained`() {
        let diagnostic = Diagnostic(rule: "marker", severity: .error, message: "m", span: nil, label: "")
        let report = Report(diagnostics: [diagnostic], sources: [], filesChecked: 1)
        #expect(TextReport().render(report).contains(" more: flowglass explain marker\n"))
        #expect(!TextReport(explains: false).render(report).contains("explain"))
    }
}
