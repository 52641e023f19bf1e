import SourceDiagnostics

/// A value that was read as its type demands, and where it stands.
struct Value: Sendable {
    var content: Content
    var span: SourceSpan

    enum Content: Sendable {
        case text(String)
        case flag(Bool)
        case count(Int)
        case duration(Duration)
        case list([Value])
        case fields(Fields)
        case named([Entry])
        case lint([LintEntry])
    }

    var text: String? {
        if case .text(let text) = content { text } else { nil }
    }
}

/// A definition: `order:` and what stands below it.
struct Entry: Sendable {
    var name: Located<String>
    var fields: Fields
}

/// A map with fixed keys, as far as it could be read.
struct Fields: Sendable {
    var kind: MapKind
    var span: SourceSpan
    var items: [Item] = []
    /// The keys that stand there with a value that could not be read, or misspelt: a finding each already.
    var broken: [CatalogKey] = []

    struct Item: Sendable {
        var key: CatalogKey
        var keySpan: SourceSpan
        var value: Value
    }

    /// The value of a key. By index, since a closure would copy every item on the way.
    subscript(key: CatalogKey) -> Value? {
        for index in items.indices where items[index].key == key { return items[index].value }
        return nil
    }

    func text(_ key: CatalogKey) -> String? { self[key]?.text }

    func located(_ key: CatalogKey) -> Located<String>? {
        guard let value = self[key], let text = value.text else { return nil }
        return Located(text, value.span)
    }

    func flag(_ key: CatalogKey) -> Located<Bool>? {
        guard let value = self[key], case .flag(let flag) = value.content else { return nil }
        return Located(flag, value.span)
    }

    func count(_ key: CatalogKey) -> Int? {
        guard case .count(let count)? = self[key]?.content else { return nil }
        return count
    }

    func duration(_ key: CatalogKey) -> Located<Duration>? {
        guard let value = self[key], case .duration(let duration) = value.content else { return nil }
        return Located(duration, value.span)
    }

    func list(_ key: CatalogKey) -> [Value] {
        guard case .list(let values)? = self[key]?.content else { return [] }
        return values
    }

    func texts(_ key: CatalogKey) -> [Located<String>] {
        list(key).compactMap { value in value.text.map { Located($0, value.span) } }
    }

    func maps(_ key: CatalogKey) -> [Fields] {
        list(key).compactMap { if case .fields(let fields) = $0.content { fields } else { nil } }
    }

    func map(_ key: CatalogKey) -> Fields? {
        guard case .fields(let fields)? = self[key]?.content else { return nil }
        return fields
    }
}
