import CatalogLint
import CatalogModel
import SourceDiagnostics
import Testing

/// One suite for every rule: its own examples are its tests.
@Suite struct `rule examples` {
    /// All but those that speak of spans or of a baseline.
    static let names = allRules.filter { $0.group != .drift && $0.name != "stale-baseline" }.map(\.name)

    /// A fixed day, and two files beside the catalog.
    static let settings = LintSettings(today: "2026-01-15") { ["runbook.md", "schemas/order.json"].contains($0) }

    private func findings(of rule: any Rule, in text: String) -> [Diagnostic] {
        let asked = rule.severity == nil ? "\nlint: { \(rule.name): warning }\n" : ""
        let loaded = loadCatalog(texts: [(path: "catalog.yaml", text: text + asked)])
        return lint(loaded, settings: Self.settings)
    }

    @Test(arguments: names)
    func `a bad example has its findings where they are marked and nowhere else`(name: String) throws {
        let rule = try #require(lintRule(named: name))
        #expect(!rule.bad.isEmpty)
        for example in rule.bad {
            let marked = MarkedCatalog(example, path: "catalog.yaml")
            #expect(!marked.spans.isEmpty, "no mark in:\n\(example)")
            let found = findings(of: rule, in: marked.text)
            let mine = found.filter { $0.rule == name }
            #expect(mine.compactMap(\.span).sorted() == marked.spans, "\(example)")
            if rule.group != .structure {
                #expect(found.filter { isStructural($0) } == [], "a mistake in the example:\n\(example)")
            }
        }
    }

    @Test(arguments: names)
    func `a good example has none`(name: String) throws {
        let rule = try #require(lintRule(named: name))
        #expect(!rule.good.isEmpty)
        for example in rule.good {
            let found = findings(of: rule, in: example)
            #expect(found.filter { $0.rule == name || isStructural($0) } == [], "\(example)")
        }
    }

    @Test(arguments: names)
    func `headlines and help keep the house style`(name: String) throws {
        let rule = try #require(lintRule(named: name))
        for example in rule.bad {
            let text = MarkedCatalog(example, path: "catalog.yaml").text
            for finding in findings(of: rule, in: text) where finding.rule == name {
                let first = try #require(finding.message.first)
                #expect(!first.isUppercase, "\(finding.message)")
                #expect(!finding.message.hasSuffix("."), "\(finding.message)")
                #expect(finding.help?.hasSuffix(".") != true, "\(finding.help ?? "")")
                #expect(finding.label.split(separator: " ").count <= 8, "\(finding.label)")
                #expect(!(finding.message + (finding.help ?? "")).lowercased().contains("please"))
            }
        }
    }

    private func isStructural(_ diagnostic: Diagnostic) -> Bool {
        lintRule(named: diagnostic.rule)?.group == .structure
    }
}

@Suite struct `rule registry` {
    @Test func `names are kebab-case and unique`() {
        let names = allRules.map(\.name)
        #expect(Set(names).count == names.count)
        for name in names { #expect(name.allSatisfy { $0.isLowercase || $0 == "-" }, "\(name)") }
    }

    @Test func `every rule explains itself`() {
        for rule in allRules {
            #expect(!rule.summary.isEmpty && !rule.summary.hasSuffix("."), "\(rule.name)")
            #expect(rule.explanation.count > 60, "\(rule.name)")
        }
    }
}
