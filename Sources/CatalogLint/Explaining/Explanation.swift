import SourceDiagnostics

/// What `flowglass explain RULE` prints: why the rule is there, what it finds, and what it does not.
public func explanation(of rule: any Rule) -> String {
    let severity = rule.severity?.rawValue ?? "off unless asked for"
    var text = "\(rule.name): \(rule.summary)\n(\(severity); \(rule.group.title))\n\n\(rule.explanation)\n"
    for example in rule.bad {
        let example = MarkedExample(example)
        text += "\nBad:\n\n\(indented(example.underlined))\n"
        let headlines = example.headlines(of: rule)
        if !headlines.isEmpty { text += "\n" + headlines.map { "  \($0)\n" }.joined() }
    }
    for example in rule.good { text += "\nGood:\n\n\(indented(MarkedExample(example).text))\n" }
    if !rule.options.isEmpty {
        text += "\nOptions, under lint.\(rule.name):\n\n"
        for option in rule.options { text += "    \(option.name): \(option.standard.text)    # \(option.summary)\n" }
    }
    guard rule.group != .structure else { return text }
    if !rule.switchOff.isEmpty { text += "\nWhen to switch it off:\n\n\(rule.switchOff)\n" }
    if rule.isIgnorable {
        text += """

            To ignore one finding, write on its line or above it:

                # flowglass:ignore \(rule.name) — the reason

            """
    }
    text += """

        To set it everywhere or for some paths:

            lint:
              \(rule.name): { severity: info, paths: { "legacy/**": off } }

        """
    return text
}

private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    \($0)" }
        .joined(separator: "\n")
}
