import Foundation
import SourceDiagnostics
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Findings whose words try to be markup, commands and control sequences, in Korean, with tabs and wide characters.
private enum HostileReport {
    static let source = SourceFile(
        path: "카탈로그/주문, 결제: 'a' & \"b\".yaml",
        text: "services:\n\t주문:\t{ 발행: [주문.완려, \"👨‍👩‍👧\t끝\"] }\t# 꼬리\n  결제: |\n    -->\n")

    static func span(_ line: Int, _ from: Int, _ to: Int) -> SourceSpan {
        SourceSpan(file: source.path, line: line, column: from, endColumn: to)
    }

    static let report = Report(
        diagnostics: [
            Diagnostic(
                rule: "unknown-reference", severity: .error,
                message: "'주문' publishes to '주문.완려', which is not a topic or a queue", span: span(2, 14, 19),
                label: "no such channel",
                related: [RelatedPlace(span: span(2, 21, 30), label: "비슷한 이름 \u{1F3AB}")],
                help: "did you mean '주문.완료'?",
                fix: Fix(
                    title: "replace '주문.완려' with '주문.완료'",
                    edits: [SourceEdit(span: span(2, 14, 19), replacement: "주문.완료")])),
            Diagnostic(
                rule: "event-cycle", severity: .warning,
                message:
                    "<b>&amp;\"q\" 'a' 100%25 ::error::x ::stop-commands::t |a|b| `c` *d* _e_ [f](g) ]]> <!-- @u #1 $m$",
                span: span(4, 5, 8), label: "</failure><script>alert(1)</script>",
                help: "첫째 줄\n둘째 줄\r\n::warning file=x,line=1::y",
                evidence: [
                    "a → b\tc", "</td></table>\u{0}\u{7}\u{1B}]0;t\u{7}\u{1B}[31m\u{9B}2J", "\u{202E}gnp.exe\u{2066}",
                ]),
            Diagnostic(rule: "unobserved-producer", severity: .info, message: "‘보이지 않음’\n", span: nil),
        ], sources: [source], filesChecked: 3,
        rules: [RuleSummary(name: "event-cycle", severity: .warning, summary: "|<순환>|", explanation: "`왜`\n\"그\"")],
        toolVersion: "1.2.3")
}

@Suite struct `reports of hostile words` {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens")

    private func rendered(_ name: String) throws -> String {
        try #require(reportFormat(named: name)).render(HostileReport.report)
    }

    @Test(arguments: reportFormats.map(\.name))
    func `every format has its golden`(name: String) throws {
        let actual = try rendered(name)
        let golden = Self.folder.appending(path: "\(name).txt")
        let expected = try? String(contentsOf: golden, encoding: .utf8)
        if actual != expected, ProcessInfo.processInfo.environment["FLOWGLASS_RECORD"] == "1" {
            try actual.write(to: golden, atomically: true, encoding: .utf8)
        }
        #expect(actual == expected, "accept with: FLOWGLASS_RECORD=1 swift test --filter SourceDiagnosticsTests")
    }

    @Test(arguments: reportFormats.map(\.name))
    func `no control character is left`(name: String) throws {
        let controls = try rendered(name).unicodeScalars.filter {
            $0 != "\n"
                && ($0.properties.generalCategory == .control || (0x202A...0x202E).contains($0.value)
                    || (0x2066...0x2069).contains($0.value))
        }
        #expect(controls.isEmpty)
    }

    @Test(arguments: ["json", "sarif", "gitlab"])
    func `JSON reads back with the words as they were`(name: String) throws {
        let text = try rendered(name)
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        var strings: [String] = []
        func collect(_ value: Any) {
            if let text = value as? String { strings.append(text) }
            for value in value as? [Any] ?? [] { collect(value) }
            for value in (value as? [String: Any])?.values.map({ $0 }) ?? [] { collect(value) }
        }
        collect(value)
        for message in HostileReport.report.diagnostics.map(\.message) {
            #expect(strings.contains { $0.hasPrefix(message) }, "\(message)")
        }
    }

    @Test(arguments: ["junit", "checkstyle"])
    func `XML parses, and no word became an element`(name: String) throws {
        final class Elements: NSObject, XMLParserDelegate {
            var names: Set<String> = []
            var messages: [String] = []
            var error: (any Error)?
            func parser(
                _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
                attributes: [String: String]
            ) {
                names.insert(name)
                if let message = attributes["message"] { messages.append(message) }
            }
            func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) { self.error = error }
        }
        let parser = XMLParser(data: Data(try rendered(name).utf8))
        let elements = Elements()
        parser.delegate = elements
        #expect(parser.parse(), "\(String(describing: elements.error))")
        #expect(
            elements.names
                == (name == "junit"
                    ? ["testsuites", "testsuite", "testcase", "failure", "system-out"]
                    : ["checkstyle", "file", "error"]))
        #expect(elements.messages.contains { $0.hasPrefix(HostileReport.report.diagnostics[0].message) })
        #expect(elements.messages.contains { $0.hasPrefix(HostileReport.report.diagnostics[1].message) })
    }

    @Test func `GitHub sees one command a finding, whatever the words say`() throws {
        let lines = try rendered("github").split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.map { $0.prefix { $0 != " " } } == ["::error", "::warning", "::notice"])
        // `key=value` pairs split at commas, and end at the first `::`.
        let properties = try #require(lines[0].dropFirst(8).firstRange(of: "::")).lowerBound
        let pairs = lines[0][lines[0].index(lines[0].startIndex, offsetBy: 8)..<properties].split(separator: ",")
        #expect(pairs.map { $0.prefix { $0 != "=" } } == ["file", "line", "endLine", "col", "endColumn", "title"])
    }

    @Test func `Markdown has one row a finding and no markup of others`() throws {
        let lines = try rendered("markdown").split(separator: "\n", omittingEmptySubsequences: false)
        let rows = lines.filter { $0.hasPrefix("|") }
        #expect(rows.count == 5)
        for row in rows { #expect(row.count { $0 == "|" } == 5, "\(row)") }
        #expect(!lines.joined().replacing("<br>", with: "").contains { "<>`*_@#$".contains($0) && $0 != "#" })
    }
}
