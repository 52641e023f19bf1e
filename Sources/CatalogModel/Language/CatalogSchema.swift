public import SourceDiagnostics

/// The catalog language as a JSON Schema (draft 2020-12), for editors that complete and check YAML while it is typed.
///
/// It is made of the same table that the loader reads. What only all files together can show (references, steps,
/// duplicates across files) is the loader's.
public func catalogSchema() -> JSONValue {
    let definitions = MapKind.allCases.map { kind in (kind.rawValue, schema(of: kind)) }
    guard case .object(let root) = schema(of: .file) else { return .null }
    return .object(
        [
            ("$schema", "https://json-schema.org/draft/2020-12/schema"), ("title", "Flowglass catalog"),
        ] + root + [("$defs", .object(definitions.filter { $0.0 != MapKind.file.rawValue }))])
}

private func schema(of kind: MapKind) -> JSONValue {
    let description = kind.description
    var members: [(String, JSONValue)] = [
        ("type", "object"),
        (
            "properties",
            .object(
                description.keys.map { key in
                    (key.key.rawValue, described(schema(of: key.type), key.summary))
                })
        ),
        ("additionalProperties", false),
    ]
    let required = description.keys.filter(\.isRequired).map { JSONValue.string($0.key.rawValue) }
    if !required.isEmpty { members.append(("required", .array(required))) }
    return .object(members)
}

private func schema(of type: ValueType) -> JSONValue {
    switch type {
    case .text: ["type": ["string", "number", "boolean"]]
    case .flag: ["type": "boolean"]
    case .count(let range):
        ["type": "integer", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
    case .duration: ["type": "string", "pattern": "^[0-9]+(ms|s|m|h|d)$"]
    case .date: ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"]
    case .choice(let words): ["enum": .array(words.map { .string($0) })]
    case .pattern, .reference: ["type": ["string", "number"], "minLength": 1]
    case .step: ["anyOf": [["type": "string"], reference(to: .step)]]
    case .list(let element): ["type": ["array", "null"], "items": schema(of: element)]
    case .map(let kind): ["anyOf": [reference(to: kind), ["type": "null"]]]
    case .entry(let kind): ["anyOf": [["type": ["string", "number"]], reference(to: kind)]]
    case .needs(let kind): needs(kind)
    case .named(let kind):
        ["type": ["object", "null"], "additionalProperties": ["anyOf": [reference(to: kind), ["type": "null"]]]]
    case .lintSettings: ["type": ["object", "null"]]
    case .anything: [:]
    }
}

/// A word, a list of words and maps, or a map.
private func needs(_ kind: MapKind) -> JSONValue {
    let words = kind.description.keys.filter { $0.type == .flag }.map { JSONValue.string($0.key.rawValue) }
    let word: JSONValue = ["enum": .array(words)]
    let list: JSONValue = ["type": "array", "items": ["anyOf": [word, reference(to: kind)]]]
    return ["anyOf": [word, list, reference(to: kind), ["type": "null"]]]
}

private func reference(to kind: MapKind) -> JSONValue { ["$ref": .string("#/$defs/\(kind.rawValue)")] }

private func described(_ schema: JSONValue, _ summary: String) -> JSONValue {
    guard case .object(let members) = schema else { return schema }
    return .object([("description", .string(summary))] + members)
}
