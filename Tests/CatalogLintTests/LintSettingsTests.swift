import CatalogLint
import CatalogModel
import SourceDiagnostics
import Testing

private let settings = LintSettings(today: "2026-01-15") { _ in true }

private func diagnostics(_ text: String, path: String = "a.yaml") -> [Diagnostic] {
    lint(loadCatalog(texts: [(path: path, text: text)]), settings: settings)
}

private func found(_ text: String, path: String = "a.yaml") -> [String] {
    diagnostics(text, path: path).map { "\($0.severity.rawValue)[\($0.rule)] \($0.span?.line ?? 0)" }
}

@Suite struct `lint settings` {
    private let catalog =
        "services:\n  a: { description: x, publishes: [t] }\ntopics:\n  t: { owner: o, description: x }\n"

    @Test func `a severity can be set for one rule and for all`() {
        #expect(found(catalog) == ["warning[missing-owner] 2", "warning[topic-without-consumer] 4"])
        #expect(
            found(catalog + "lint: { missing-owner: error }\n")
                == ["error[missing-owner] 2", "warning[topic-without-consumer] 4"])
        #expect(found(catalog + "lint: { missing-owner: off }\n") == ["warning[topic-without-consumer] 4"])
        #expect(found(catalog + "lint: { all: off, missing-owner: info }\n") == ["info[missing-owner] 2"])
    }

    @Test func `a severity can be set for some paths, and the last pattern that matches wins`() {
        let rule =
            "lint:\n  topic-without-consumer: off\n  missing-owner: { paths: { \"legacy/**\": off, \"**/keep.yaml\": error } }\n"
        #expect(found(catalog + rule, path: "new/a.yaml") == ["warning[missing-owner] 2"])
        #expect(found(catalog + rule, path: "legacy/a.yaml") == [])
        #expect(found(catalog + rule, path: "legacy/keep.yaml") == ["error[missing-owner] 2"])
        #expect(found(catalog + "lint:\n  all: { paths: { \"legacy/**\": off } }\n", path: "legacy/a.yaml") == [])
    }

    @Test func `a rule that is asked for is on, but where a path says otherwise`() {
        func asked(_ text: String) -> [String] {
            var settings = settings
            settings.asked = ["missing-owner"]
            return lint(loadCatalog(texts: [(path: "a.yaml", text: text)]), settings: settings).map(\.rule)
        }
        #expect(asked(catalog + "lint: { all: off }\n") == ["missing-owner"])
        #expect(asked(catalog + "lint: { all: off, missing-owner: off }\n") == ["missing-owner"])
        #expect(asked(catalog + "lint: { all: off, missing-owner: { paths: { a.yaml: off } } }\n") == [])
    }

    @Test func `what a misspelt key names is not called missing as well`() {
        let text = "services:\n  a: { owner: o, description: x, publishs: [t] }\n"
        let topics = "topics:\n  t: { owner: o, description: x }\n"
        #expect(found(text + topics) == ["error[unknown-key] 2", "warning[topic-without-consumer] 4"])
        #expect(found(text.replacing("publishs", with: "subscribs") + topics).first == "error[unknown-key] 2")
        #expect(
            found(text.replacing("publishs", with: "subscribs") + topics)
                == ["error[unknown-key] 2", "warning[topic-without-producer] 4"])
    }

    @Test func `a finding in the baseline's file is not said to be ignorable`() throws {
        let rule = try #require(lintRule(named: "stale-baseline"))
        #expect(!explanation(of: rule).contains("flowglass:ignore"))
        #expect(explanation(of: rule).contains("stale-baseline: { severity: info"))
    }

    @Test func `options change what a rule finds`() {
        let chain = """
            services:
              a: { calls: [b] }
              b: { calls: [c] }
              c: {}
            lint: { all: off, deep-sync-chain: { severity: error, max-calls: 1 } }
            """
        #expect(found(chain) == ["error[deep-sync-chain] 2"])
        #expect(found(chain.replacing("max-calls: 1", with: "max-calls: 2")) == [])
        #expect(
            diagnostics(chain.replacing("max-calls: 1", with: "max-calls: many")).map(\.message)
                == ["'max-calls' of 'deep-sync-chain' must be a whole number"])
    }

    @Test func `a structural error stays an error whatever the settings say`() {
        let text =
            "lint: { all: off, unknown-key: off }\nservices:\n  # flowglass:ignore unknown-key — no\n  a: { titel: x }\n"
        #expect(found(text) == ["error[invalid-value] 1", "error[unknown-key] 4"])
    }

    @Test func `a misspelt rule and a misspelt option are found`() {
        let all = diagnostics("lint:\n  unused-ignroe: off\n  unused-ignore: { severty: error }\n")
        #expect(
            all.map(\.message) == ["'unused-ignroe' is not a rule", "'severty' is not an option of 'unused-ignore'"])
        #expect(all.map(\.help) == ["did you mean 'unused-ignore'?", "did you mean 'severity'?"])
    }

    @Test func `findings from elsewhere keep their severity unless the settings say otherwise`() {
        let span = SourceSpan(file: "a.yaml", line: 2, column: 3)
        let drift = [
            Diagnostic(rule: "undocumented-call", severity: .error, message: "m", span: span),
            Diagnostic(rule: "unobserved-producer", severity: .info, message: "m", span: span),
            Diagnostic(rule: "undocumented-channel", severity: .warning, message: "m", span: nil),
        ]
        let loaded = loadCatalog(texts: [
            (
                path: "a.yaml",
                text:
                    "services:\n  a: {} # flowglass:ignore unobserved-producer — yearly\nlint: { undocumented-channel: error }\n"
            )
        ])
        #expect(
            applyLintSettings(to: drift, of: loaded).map { "\($0.severity.rawValue) \($0.rule)" }
                == ["error undocumented-call", "error undocumented-channel"])
    }
}

@Suite struct `ignoring findings` {
    @Test(arguments: [
        "services:\n  a: {} # flowglass:ignore missing-owner — later\n",
        "services:\n  # flowglass:ignore missing-owner — later\n  a: {}\n",
        "services:\n  # flowglass:ignore missing-description, missing-owner — later\n  # and more\n\n  a: {}\n",
    ])
    func `a comment with a reason hides the finding of its line`(text: String) {
        #expect(!found(text).contains { $0.contains("missing-owner") })
        #expect(!found(text).contains { $0.contains("unused-ignore") })
    }

    @Test func `a comment hides nothing on other lines or of other rules`() {
        let text = "services:\n  # flowglass:ignore missing-owner — later\n  a: {}\n  b: {}\n"
        #expect(found(text).filter { $0.contains("missing-owner") } == ["warning[missing-owner] 4"])
        #expect(found(text).contains("info[missing-description] 3"))
    }

    @Test func `a comment that ignores nothing is told apart by its cause`() {
        let text = """
            services:
              # flowglass:ignore missing-owner
              a: { owner: o } # flowglass:ignore missing-owner — done
              # flowglass:ignore
              # flowglass:ignore mising-owner — typo
              # flowglass:ignore unknown-key — no
              # flowglass:ignore unobserved-producer — only spans can tell
              b: { owner: o }
            """
        #expect(
            diagnostics(text).filter { $0.rule == "unused-ignore" }.map(\.message) == [
                "an ignore comment must give its reason, and this one ignores nothing without it",
                "nothing on this line is 'missing-owner' any more", "an ignore comment must name the rule it ignores",
                "'mising-owner' is not a rule, so nothing is ignored",
                "'unknown-key' is always an error and cannot be ignored",
            ])
    }
}

@Suite struct baseline {
    private let text = "services:\n  a: {}\n  b: {}\nlint: { all: off, missing-owner: warning }\n"

    @Test func `holds today's findings, so that only new ones are left`() {
        let known = Baseline(of: diagnostics(text))
        #expect(
            known.text == """
                # flowglass baseline: findings that are known. Written with --update-baseline.
                missing-owner\ta.yaml\tservice 'a' has no owner
                missing-owner\ta.yaml\tservice 'b' has no owner

                """)
        #expect(Baseline(text: known.text) == known)
        let moved = diagnostics("# a new line\n" + text.replacing("  b: {}\n", with: "  b: {}\n  c: {}\n"))
        #expect(known.newFindings(in: moved).map(\.message) == ["service 'c' has no owner"])
        #expect(stale(known, in: moved) == [])
    }

    private func stale(_ known: Baseline, in findings: [Diagnostic], only: String = "") -> [Diagnostic] {
        known.staleEntries(in: findings, path: "known.txt") { rule, file in only.isEmpty || "\(rule) \(file)" == only }
    }

    @Test func `an entry that no longer occurs is found in the baseline's file`() throws {
        let rule = try #require(lintRule(named: "stale-baseline"))
        let example = MarkedCatalog(try #require(rule.bad.first), path: "known.txt")
        let found = stale(Baseline(text: example.text), in: diagnostics("services:\n  order: { owner: team }\n"))
        #expect(found.compactMap(\.span) == example.spans)
        #expect(
            found.map(\.message) == [
                "the baseline knows a finding that no longer occurs: missing-owner in catalog.yaml: service 'order' has no owner"
            ])
        let same = diagnostics("services:\n  order: {}\n", path: "catalog.yaml")
        #expect(stale(Baseline(text: try #require(rule.good.first)), in: same) == [])
    }

    @Test func `of equal entries those are stale that are too many, and others' are not looked at`() {
        let known = Baseline(of: diagnostics(text))
        let twice = Baseline(text: known.text + "missing-owner\ta.yaml\tservice 'a' has no owner\n")
        #expect(stale(twice, in: diagnostics(text)).map(\.span?.line) == [4])
        #expect(stale(twice, in: []).count == 3)
        #expect(stale(twice, in: [], only: "missing-owner b.yaml").isEmpty)
        #expect(stale(Baseline(text: "no entry\n"), in: []).isEmpty)
    }

    @Test func `counts equal findings`() {
        let finding = Diagnostic(rule: "r", severity: .error, message: "m\tn\no", span: nil)
        #expect(Baseline(of: [finding]).newFindings(in: [finding, finding]).count == 1)
        #expect(Baseline(text: Baseline(of: [finding, finding]).text) == Baseline(of: [finding, finding]))
    }
}
