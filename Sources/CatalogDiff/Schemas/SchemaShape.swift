import CatalogModel
import SourceDiagnostics

/// What a schema lets through, whatever language it is written in: JSON Schema or Avro.
struct SchemaShape: Equatable {
    /// The JSON types; empty where any is let through.
    var types: Set<String> = []
    var properties: [String: Property] = [:]
    /// Whether properties that are not named are refused.
    var isClosed = false
    var items: Items?
    /// The values that are let through, as JSON text; nil where all of the type are.
    var values: Set<String>?
    /// `minLength` and the like: the least and the most of something.
    var atLeast: [String: Double] = [:]
    var atMost: [String: Double] = [:]
    /// `pattern`, `format` and others that can only be the same or not.
    var constraints: [String: String] = [:]
    /// `oneOf` or `anyOf`.
    var alternatives: [SchemaShape] = []
    var span: SourceSpan

    struct Property: Equatable {
        var shape: SchemaShape
        var isRequired: Bool
        /// Where its name stands.
        var span: SourceSpan
    }

    /// The shape of a list's elements, boxed since shapes hold shapes.
    struct Items: Equatable {
        private var box: [SchemaShape]
        var shape: SchemaShape { box[0] }
        init(_ shape: SchemaShape) { box = [shape] }
    }

    init(span: SourceSpan) { self.span = span }

    /// The same shape, wherever it stands.
    func says(_ other: SchemaShape) -> Bool {
        types == other.types && isClosed == other.isClosed && values == other.values && atLeast == other.atLeast
            && atMost == other.atMost && constraints == other.constraints
            && properties.count == other.properties.count
            && properties.allSatisfy { name, property in
                other.properties[name].map { $0.isRequired == property.isRequired && $0.shape.says(property.shape) }
                    ?? false
            }
            && alternatives.count == other.alternatives.count
            && zip(alternatives, other.alternatives).allSatisfy { $0.says($1) }
            && (items?.shape).map { mine in other.items.map { mine.says($0.shape) } ?? false } ?? (other.items == nil)
    }

    /// Reads a schema document; nil where it is neither JSON Schema nor Avro.
    static func read(_ data: LocatedData) -> SchemaShape? {
        guard case .map = data.content else { return nil }
        if AvroReader.accepts(data) {
            var reader = AvroReader()
            return reader.shape(of: data)
        }
        let marks = ["$schema", "$ref", "type", "properties", "allOf", "anyOf", "oneOf", "enum", "const", "$defs"]
        guard marks.contains(where: { data[$0] != nil }) else { return nil }
        var reader = JSONSchemaReader(root: data)
        return reader.shape(of: data)
    }
}
