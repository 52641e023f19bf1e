import CatalogModel
import SourceDiagnostics

/// JSON Schema, draft 4 to 2020-12, as far as it says what shape messages have. References are followed inside the
/// document; one to another file, or back into itself, lets anything through under its own name.
struct JSONSchemaReader {
    let root: LocatedData
    private var following: [String] = []
    /// How many schemas are still read: references can multiply them.
    private var budget = 20_000
    /// How many schemas are being read, one inside the other. References start anew wherever they lead, so the depth of
    /// the document does not limit it.
    private var depth = 0
    private static let maximumDepth = 200

    init(root: LocatedData) { self.root = root }

    private static let lower: Set<String> = [
        "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains",
    ]
    private static let upper: Set<String> = [
        "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains",
    ]
    private static let constraints: Set<String> = [
        "pattern", "format", "multipleOf", "uniqueItems", "contentEncoding", "contentMediaType", "not", "if", "then",
        "else", "patternProperties", "propertyNames", "dependentRequired", "dependencies",
    ]

    mutating func shape(of schema: LocatedData) -> SchemaShape {
        var shape = SchemaShape(span: schema.span)
        budget -= 1
        depth += 1
        defer { depth -= 1 }
        guard budget > 0, depth <= Self.maximumDepth else { return shape }
        // `false` lets nothing through.
        if schema.flag == false { shape.values = [] }
        if let reference = schema["$ref"]?.text { merge(self.shape(ofReference: reference, schema), into: &shape) }
        for member in schema.members { add(member, to: &shape) }
        if let required = schema["required"] {
            for name in required.elements {
                guard let key = name.text else { continue }
                let property =
                    shape.properties[key]
                    ?? SchemaShape.Property(shape: SchemaShape(span: name.span), isRequired: true, span: name.span)
                shape.properties[key] = property
                shape.properties[key]?.isRequired = true
            }
        }
        return shape
    }

    private mutating func add(_ member: LocatedData.Member, to shape: inout SchemaShape) {
        let value = member.value
        switch member.key {
        case "type": shape.types = Set(value.text.map { [$0] } ?? value.elements.compactMap(\.text))
        case "properties":
            for property in value.members {
                let read = self.shape(of: property.value)
                let isRequired = shape.properties[property.key]?.isRequired ?? false
                shape.properties[property.key] = SchemaShape.Property(
                    shape: read, isRequired: isRequired, span: property.span)
            }
        case "additionalProperties", "unevaluatedProperties": if value.flag == false { shape.isClosed = true }
        case "items": if case .map = value.content { shape.items = SchemaShape.Items(self.shape(of: value)) }
        case "enum": shape.values = Set(value.elements.map(\.jsonText))
        case "const": shape.values = [value.jsonText]
        case "oneOf", "anyOf": shape.alternatives += value.elements.map { self.shape(of: $0) }
        case "allOf": for part in value.elements { merge(self.shape(of: part), into: &shape) }
        case let key where Self.lower.contains(key): shape.atLeast[key] = value.number
        case let key where Self.upper.contains(key): shape.atMost[key] = value.number
        case let key where Self.constraints.contains(key): shape.constraints[key] = value.jsonText
        default: break
        }
    }

    private mutating func shape(ofReference reference: String, _ schema: LocatedData) -> SchemaShape {
        var unknown = SchemaShape(span: schema.span)
        unknown.constraints["$ref"] = reference
        guard reference.hasPrefix("#"), !following.contains(reference), let target = target(of: reference) else {
            return unknown
        }
        following.append(reference)
        defer { following.removeLast() }
        return shape(of: target)
    }

    /// A JSON Pointer (RFC 6901) into the document, or an `$anchor`.
    private func target(of reference: String) -> LocatedData? {
        let pointer = reference.dropFirst()
        guard pointer.isEmpty || pointer.hasPrefix("/") else {
            let definitions = (root["$defs"]?.members ?? []) + (root["definitions"]?.members ?? [])
            return definitions.first { $0.value["$anchor"]?.text == String(pointer) }?.value
        }
        var data = root
        for part in pointer.split(separator: "/") {
            let key = part.replacing("~1", with: "/").replacing("~0", with: "~")
            if let next = data[String(key)] {
                data = next
            } else if let index = Int(key), data.elements.indices.contains(index) {
                data = data.elements[index]
            } else {
                return nil
            }
        }
        return data
    }

    /// What both demand: `allOf`, and what stands beside a `$ref`.
    private func merge(_ other: SchemaShape, into shape: inout SchemaShape) {
        shape.types =
            shape.types.isEmpty
            ? other.types : other.types.isEmpty ? shape.types : shape.types.intersection(other.types)
        for (name, property) in other.properties {
            let isRequired = property.isRequired || shape.properties[name]?.isRequired == true
            shape.properties[name] = property
            shape.properties[name]?.isRequired = isRequired
        }
        shape.isClosed = shape.isClosed || other.isClosed
        shape.items = shape.items ?? other.items
        if let values = other.values { shape.values = shape.values.map { $0.intersection(values) } ?? values }
        shape.atLeast.merge(other.atLeast, uniquingKeysWith: max)
        shape.atMost.merge(other.atMost, uniquingKeysWith: min)
        shape.constraints.merge(other.constraints) { mine, _ in mine }
        shape.alternatives += other.alternatives
    }
}

extension LocatedData {
    /// The value as JSON on one line, keys sorted: to compare, and to name a value in a sentence.
    var jsonText: String { json.text(indented: false) }

    private var json: JSONValue {
        switch content {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .number(let number): .decimal(number)
        case .text(let text): .string(text)
        case .list(let values): .array(values.map(\.json))
        case .map(let members): .object(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) })
        }
    }
}
