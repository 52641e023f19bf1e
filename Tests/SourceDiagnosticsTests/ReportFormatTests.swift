import SourceDiagnostics
import Testing

/// One fixture, every format. The names are hostile on purpose: markup, escapes, separators.
private let fixture = Report(
    diagnostics: [
        Diagnostic(
            rule: "unknown-key", severity: .error, message: "'a<b>&\"c\"' is not a key, 100%",
            span: SourceSpan(file: "catalog/주문, 서비스:1.yaml", line: 3, column: 5, endColumn: 9), label: "no such key",
            related: [
                RelatedPlace(
                    span: SourceSpan(file: "b.yaml", line: 1, column: 1, endColumn: 2), label: "similar | name")
            ], help: "did you mean 'a_b'?"),
        Diagnostic(
            rule: "missing-owner", severity: .warning, message: "service 'order' has no owner",
            span: SourceSpan(file: "b.yaml", line: 2, column: 3, endColumn: 8)),
        Diagnostic(
            rule: "unobserved-producer", severity: .info, message: "'x' was not seen", span: nil, evidence: ["seen: 0"]),
    ],
    filesChecked: 2,
    rules: [
        RuleSummary(name: "unknown-key", severity: .error, summary: "a key that is not known", explanation: "Why.")
    ],
    toolVersion: "1.2.3")

@Suite struct `report formats` {
    private func rendered(_ name: String) throws -> String {
        try #require(reportFormat(named: name)).render(fixture)
    }

    @Test func `the list is sorted and has every format once`() {
        let names = reportFormats.map(\.name)
        #expect(names == ["checkstyle", "github", "gitlab", "json", "junit", "markdown", "sarif", "text"])
    }

    @Test func `every format ends an empty report in a line break or says nothing`() {
        for format in reportFormats {
            let text = format.render(Report(diagnostics: [], filesChecked: 0))
            #expect(text.isEmpty || text.hasSuffix("\n"), "\(format.name)")
        }
    }

    @Test func `checkstyle groups by file`() throws {
        #expect(
            try rendered("checkstyle") == """
                <?xml version="1.0" encoding="UTF-8"?>
                <checkstyle version="8.0">
                  <file name="catalog/주문, 서비스:1.yaml">
                    <error line="3" column="5" severity="error" message="&apos;a&lt;b&gt;&amp;&quot;c&quot;&apos; is not a key, 100%&#10;help: did you mean &apos;a_b&apos;?" source="flowglass.unknown-key"/>
                  </file>
                  <file name="b.yaml">
                    <error line="2" column="3" severity="warning" message="service &apos;order&apos; has no owner" source="flowglass.missing-owner"/>
                  </file>
                  <file name="">
                    <error line="1" column="1" severity="info" message="&apos;x&apos; was not seen&#10;seen: 0" source="flowglass.unobserved-producer"/>
                  </file>
                </checkstyle>

                """)
    }

    @Test func `github escapes what its commands read`() throws {
        #expect(
            try rendered("github") == """
                ::error file=catalog/주문%2C 서비스%3A1.yaml,line=3,endLine=3,col=5,endColumn=9,title=unknown-key::'a<b>&"c"' is not a key, 100%25%0Ahelp: did you mean 'a_b'?
                ::warning file=b.yaml,line=2,endLine=2,col=3,endColumn=8,title=missing-owner::service 'order' has no owner
                ::notice title=unobserved-producer::'x' was not seen%0Aseen: 0

                """)
    }

    @Test func `gitlab gives every finding a fingerprint of its own`() throws {
        var fingerprints = Fingerprints()
        let first = fingerprints.next(for: fixture.diagnostics[0])
        let again = fingerprints.next(for: fixture.diagnostics[0])
        #expect(first != again)
        let text = try rendered("gitlab")
        #expect(text.contains("\"fingerprint\": \"\(first)\""))
        #expect(
            text.hasPrefix(
                """
                [
                  {
                    "description": "'a<b>&\\"c\\"' is not a key, 100%",
                    "check_name": "unknown-key",
                """))
        #expect(text.contains("\"severity\": \"major\""))
    }

    @Test func `json holds every fact`() throws {
        let text = try rendered("json")
        #expect(
            text.hasPrefix(
                """
                {
                  "findings": [
                    {
                      "rule": "unknown-key",
                      "severity": "error",
                      "message": "'a<b>&\\"c\\"' is not a key, 100%",
                      "location": {
                        "file": "catalog/주문, 서비스:1.yaml",
                        "line": 3,
                        "column": 5,
                        "endLine": 3,
                        "endColumn": 9
                      },
                      "label": "no such key",
                      "related": [
                        {
                          "location": {
                """))
        #expect(
            text.hasSuffix(
                """
                      "location": null,
                      "label": "",
                      "related": [],
                      "help": null,
                      "evidence": [
                        "seen: 0"
                      ],
                      "fix": null
                    }
                  ],
                  "summary": {
                    "errors": 1,
                    "warnings": 1,
                    "infos": 1,
                    "filesWithFindings": 2,
                    "filesChecked": 2
                  }
                }

                """))
    }

    @Test func `junit counts infos as passed`() throws {
        #expect(
            try rendered("junit") == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites tests="3" failures="2">
                  <testsuite name="flowglass lint" tests="3" failures="2" errors="0">
                    <testcase classname="unknown-key" name="unknown-key at catalog/주문, 서비스:1.yaml:3:5" file="catalog/주문, 서비스:1.yaml" line="3">
                      <failure type="error" message="&apos;a&lt;b&gt;&amp;&quot;c&quot;&apos; is not a key, 100%">catalog/주문, 서비스:1.yaml:3:5: no such key&#10;help: did you mean &apos;a_b&apos;?</failure>
                    </testcase>
                    <testcase classname="missing-owner" name="missing-owner at b.yaml:2:3" file="b.yaml" line="2">
                      <failure type="warning" message="service &apos;order&apos; has no owner">b.yaml:2:3</failure>
                    </testcase>
                    <testcase classname="unobserved-producer" name="unobserved-producer">
                      <system-out>&apos;x&apos; was not seen&#10;seen: 0</system-out>
                    </testcase>
                  </testsuite>
                </testsuites>

                """)
    }

    @Test func `markdown shows outside text as it is`() throws {
        #expect(
            try rendered("markdown") == """
                | severity | rule | where | finding |
                | --- | --- | --- | --- |
                | error | unknown-key | catalog/주문, 서비스:1.yaml:3:5 | 'a&#60;b&#62;&#38;"c"' is not a key, 100%<br>help: did you mean 'a&#95;b'? |
                | warning | missing-owner | b.yaml:2:3 | service 'order' has no owner |
                | info | unobserved-producer |  | 'x' was not seen<br>seen: 0 |

                1 error, 1 warning, 1 info in 2 files (2 files checked)

                """)
    }

    @Test func `sarif names its rules and encodes its paths`() throws {
        let text = try rendered("sarif")
        #expect(text.contains("\"version\": \"2.1.0\""))
        #expect(text.contains("\"uri\": \"catalog/%EC%A3%BC%EB%AC%B8%2C%20%EC%84%9C%EB%B9%84%EC%8A%A4%3A1.yaml\""))
        #expect(text.contains("\"columnKind\": \"unicodeCodePoints\""))
        #expect(text.contains("\"level\": \"note\""))
        #expect(text.contains("\"id\": \"unknown-key\",\n              \"shortDescription\": {"))
    }
}
