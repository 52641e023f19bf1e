public import SourceDiagnostics

/// What `flowglass explain RULE --json` prints: the same facts as `explanation(of:)`, for scripts. `severity` is null for
/// a rule that is off until it is asked for.
public func explanationFacts(of rule: any Rule) -> JSONValue {
    func texts(_ examples: [String]) -> JSONValue { .array(examples.map { .string(MarkedExample($0).text) }) }
    return .object([
        ("name", .string(rule.name)), ("group", .string(rule.group.rawValue)),
        ("severity", rule.severity.map { .string($0.rawValue) } ?? .null), ("summary", .string(rule.summary)),
        ("explanation", .string(rule.explanation)), ("switchOff", .string(rule.switchOff)),
        (
            "options",
            .array(
                rule.options.map {
                    .object([
                        ("name", .string($0.name)), ("standard", .string($0.standard.text)),
                        ("summary", .string($0.summary)),
                    ])
                })
        ),
        ("bad", texts(rule.bad)), ("good", texts(rule.good)),
    ])
}
