import ArgumentParser
import CatalogLint
import SourceDiagnostics
import TerminalText

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Why a rule is there, with a bad and a good example.",
        discussion: """
            EXAMPLES
              flowglass explain                       every rule, by group
              flowglass explain unknown-reference
              flowglass explain unknown-reference --json | jq -r .summary
              flowglass explain --guarantees          what each messaging system gives
            """)

    @Argument(help: ArgumentHelp("The rule's name.", valueName: "rule"), completion: .rule)
    var name: String?

    @Flag(help: "Every rule in full, as Markdown: Documentation/Rules.md.")
    var markdown = false

    @Flag(help: "What each messaging system guarantees: what the rules compare needs with.")
    var guarantees = false

    @OptionGroup var format: JSONOptions

    func validate() throws {
        guard [name != nil, markdown, guarantees].count(where: { $0 }) <= 1 else {
            throw ValidationError("a rule, --markdown and --guarantees are different things to explain: choose one")
        }
        guard !(markdown && format.json) else { throw ValidationError("--markdown and --json: choose one") }
    }

    func run() throws {
        if guarantees {
            return format.json ? Output.json(GuaranteeTable.json) : Output.write(GuaranteeTable.text)
        }
        if markdown { return Output.write(rulesDocument()) }
        guard let name else {
            return format.json
                ? Output.json(.array(allRules.map(explanationFacts(of:)))) : Output.write(Self.overview)
        }
        guard let rule = lintRule(named: name) else {
            throw CommandFailure.usage(
                "there is no rule '\(name)'" + suggestion(for: name, among: allRules.map(\.name)))
        }
        if format.json { Output.json(explanationFacts(of: rule)) } else { Output.write(explanation(of: rule)) }
    }

    /// `error    unknown-reference   A name that is used is not defined`
    private static var overview: String {
        let width = allRules.map { displayWidth($0.name) }.max() ?? 0
        return RuleGroup.allCases.map { group in
            ([group.title]
                + allRules.filter { $0.group == group }.map { rule in
                    "  \(padded(rule.severity?.rawValue ?? "off", to: 8)) \(padded(rule.name, to: width))  \(rule.summary)"
                }).joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }
}
