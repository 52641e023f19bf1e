import CatalogModel
public import SourceDiagnostics

/// The whole catalog language as a JSON Schema, with every rule and its options under `lint:`; what `flowglass schema`
/// prints. See `catalogSchema(lint:)`.
public func completeCatalogSchema() -> JSONValue {
    let rules = allRules.filter { $0.group != .structure }.map { ($0.name, schema(of: $0)) }
    let all = settings(summary: "All rules that are not named themselves.", options: [])
    return catalogSchema(
        lint: [
            "type": ["object", "null"], "properties": .object([("all", all)] + rules), "additionalProperties": false,
        ])
}

private func schema(of rule: any Rule) -> JSONValue {
    let summary = rule.summary.prefix(1).uppercased() + rule.summary.dropFirst() + "."
    return settings(summary: summary, options: rule.options.map { ($0.name, schema(of: $0)) })
}

/// A severity, or a map of severity, paths and options.
private func settings(summary: String, options: [(String, JSONValue)]) -> JSONValue {
    let levels: JSONValue = ["enum": .array((Severity.allCases.map(\.rawValue) + ["off"]).map { .string($0) })]
    let members: [(String, JSONValue)] = [
        ("severity", levels), ("paths", ["type": ["object", "null"], "additionalProperties": levels]),
    ]
    let map: JSONValue = [
        "type": "object", "properties": .object(members + options), "additionalProperties": false,
    ]
    return ["description": .string(summary), "anyOf": [levels, map]]
}

private func schema(of option: RuleOption) -> JSONValue {
    let type: [(String, JSONValue)] =
        switch option.standard {
        case .count: [("type", "integer"), ("minimum", 0)]
        case .flag: [("type", "boolean")]
        case .duration: [("type", "string"), ("pattern", "^[0-9]+(ms|s|m|h|d)$")]
        }
    let summary = option.summary.prefix(1).uppercased() + option.summary.dropFirst()
    return .object([("description", .string("\(summary) (default: \(option.standard.text))"))] + type)
}
