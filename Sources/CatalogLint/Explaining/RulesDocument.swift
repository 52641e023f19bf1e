import SourceDiagnostics

/// The reference page of all rules in Markdown, made of the rules themselves.
public func rulesDocument() -> String {
    var text = """
        # Rules

        This page is generated from the rules. `flowglass explain RULE` prints the same on a terminal.

        | rule | severity | finds |
        | --- | --- | --- |

        """
    for rule in allRules {
        text += "| [\(rule.name)](#\(rule.name)) | \(rule.severity?.rawValue ?? "off") | \(rule.summary) |\n"
    }
    for group in RuleGroup.allCases {
        let rules = allRules.filter { $0.group == group }
        guard !rules.isEmpty else { continue }
        text += "\n## \(group.title)\n\n\(group.introduction)\n"
        for rule in rules { text += section(of: rule) }
    }
    return text
}

private func section(of rule: any Rule) -> String {
    var text = "\n### \(rule.name)\n\n"
    text += "*\(rule.summary)* (\(rule.severity?.rawValue ?? "off unless asked for"))\n\n\(rule.explanation)\n"
    for example in rule.bad {
        let example = MarkedExample(example)
        text += "\nBad:\n\n```yaml\n\(example.text)\n```\n"
        let headlines = example.headlines(of: rule)
        if !headlines.isEmpty { text += "\n```\n\(headlines.joined(separator: "\n"))\n```\n" }
    }
    for example in rule.good { text += "\nGood:\n\n```yaml\n\(MarkedExample(example).text)\n```\n" }
    if !rule.options.isEmpty {
        text += "\n| option | default | meaning |\n| --- | --- | --- |\n"
        for option in rule.options { text += "| `\(option.name)` | `\(option.standard.text)` | \(option.summary) |\n" }
    }
    if !rule.switchOff.isEmpty { text += "\nWhen to switch it off: \(rule.switchOff)\n" }
    return text
}
