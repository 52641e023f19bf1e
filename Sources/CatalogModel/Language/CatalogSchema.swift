public import SourceDiagnostics

/// The catalog language as a JSON Schema (draft 2020-12), for editors that complete and check YAML while it is typed.
///
/// It is made of the same table that the loader reads. What only all files together can show (references, steps,
/// duplicates across files) is the loader's. `lint` is the schema of the rules' settings, which the rules know.
public func catalogSchema(lint: JSONValue = ["type": ["object", "null"]]) -> JSONValue {
    let definitions = MapKind.allCases.map { kind in (kind.rawValue, schema(of: kind)) }
    guard case .object(let root) = schema(of: .file) else { return .null }
    return .object(
        [
            ("$schema", "https://json-schema.org/draft/2020-12/schema"), ("title", "Flowglass catalog"),
            ("description", "Who publishes, who subscribes, who calls whom. Made by 'flowglass schema'."),
        ] + root
            + [
                (
                    "$defs",
                    .object(
                        definitions.filter { $0.0 != MapKind.file.rawValue } + [(lintDefinition, lint)])
                )
            ])
}

/// Where the schema keeps the rules' settings.
private let lintDefinition = "lint"

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
    if !kind.alternatives.isEmpty {
        members.append(("oneOf", .array(kind.alternatives.map { ["required": [.string($0.rawValue)]] })))
    }
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
    case .step: ["anyOf": [["type": "string", "pattern": .string(stepPattern)], reference(to: .step)]]
    case .list(let element): ["type": ["array", "null"], "items": schema(of: element)]
    case .map(let kind): body(of: kind)
    case .entry(let kind): ["anyOf": [["type": ["string", "number"]], reference(to: kind)]]
    case .needs(let kind): needs(kind)
    case .named(let kind):
        [
            "type": ["object", "null"], "propertyNames": ["pattern": .string(namePattern)],
            "additionalProperties": body(of: kind),
        ]
    case .lintSettings: ["$ref": .string("#/$defs/\(lintDefinition)")]
    case .anything: [:]
    }
}

/// `SERVICE calls|publishes|handles NAME`.
private let stepPattern = "^\\s*\\S.* +(calls|publishes|handles) +.*\\S\\s*$"
/// Printable, without blanks at the ends.
private let namePattern = "^[^\\s\\x00-\\x1f\\x7f-\\x9f]([^\\x00-\\x1f\\x7f-\\x9f]*[^\\s\\x00-\\x1f\\x7f-\\x9f])?$"

/// A map, or nothing at all where the map needs no key.
private func body(of kind: MapKind) -> JSONValue {
    let needsKeys = !kind.alternatives.isEmpty || kind.description.keys.contains(where: \.isRequired)
    return needsKeys ? reference(to: kind) : ["anyOf": [reference(to: kind), ["type": "null"]]]
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
