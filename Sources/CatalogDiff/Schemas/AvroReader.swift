import CatalogModel
import SourceDiagnostics

/// Avro schemas (Apache Avro 1.12 specification, "Schema Declaration"): a field without a default is required, a union
/// is a choice of types.
struct AvroReader {
    private var named: [String: LocatedData] = [:]
    private var following: [String] = []
    private var budget = 20_000

    static func accepts(_ data: LocatedData) -> Bool {
        data["type"]?.text == "record" && data["fields"] != nil && data["properties"] == nil
    }

    mutating func shape(of schema: LocatedData) -> SchemaShape {
        var shape = SchemaShape(span: schema.span)
        budget -= 1
        guard budget > 0 else { return shape }
        switch schema.content {
        case .text(let name): return self.shape(ofType: name, schema)
        case .list(let union):
            let parts = union.map { self.shape(of: $0) }
            let plain = parts.filter { $0.properties.isEmpty && $0.items == nil && $0.values == nil }
            shape.types = Set(plain.flatMap(\.types))
            shape.alternatives = parts.filter { !$0.properties.isEmpty || $0.items != nil || $0.values != nil }
            return shape
        case .map: return self.shape(ofMap: schema)
        default: return shape
        }
    }

    private mutating func shape(ofMap schema: LocatedData) -> SchemaShape {
        var shape = SchemaShape(span: schema.span)
        if let name = schema["name"]?.text { named[name] = schema }
        switch schema["type"]?.text {
        case "record", "error":
            shape.types = ["record"]
            for field in schema["fields"]?.elements ?? [] {
                guard let name = field["name"]?.text, let type = field["type"] else { continue }
                shape.properties[name] = SchemaShape.Property(
                    shape: self.shape(of: type), isRequired: field["default"] == nil,
                    span: field["name"]?.span ?? field.span)
            }
        case "enum":
            shape.types = ["enum"]
            shape.values = Set((schema["symbols"]?.elements ?? []).map(\.jsonText))
        case "array":
            shape.types = ["array"]
            if let items = schema["items"] { shape.items = SchemaShape.Items(self.shape(of: items)) }
        case "map":
            shape.types = ["map"]
            if let values = schema["values"] { shape.items = SchemaShape.Items(self.shape(of: values)) }
        case let type?:
            shape = self.shape(ofType: type, schema)
            if let logical = schema["logicalType"]?.text { shape.constraints["logicalType"] = logical }
            if let size = schema["size"]?.jsonText { shape.constraints["size"] = size }
        case nil: if let inner = schema["type"] { return self.shape(of: inner) }
        }
        return shape
    }

    private mutating func shape(ofType name: String, _ schema: LocatedData) -> SchemaShape {
        var shape = SchemaShape(span: schema.span)
        guard let definition = named[name], !following.contains(name) else {
            shape.types = [name]
            return shape
        }
        following.append(name)
        defer { following.removeLast() }
        return self.shape(ofMap: definition)
    }
}
