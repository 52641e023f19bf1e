import SourceDiagnostics

extension CatalogReader {
    /// A map with fixed keys. `from` is where a missing key is reported.
    mutating func fields(_ node: Int, as kind: MapKind, from origin: SourceSpan) -> Fields {
        let description = kind.description
        var fields = Fields(kind: kind, span: span(node))
        let pairs = pairs(of: node)
        var broken: [CatalogKey] = []
        for (keyNode, valueNode) in pairs {
            let spelling = tree.string(keyNode)
            guard tree.nodes[keyNode].kind.isScalar, let key = CatalogKey.named(spelling),
                let keyDescription = description.key(key)
            else {
                if let meant = unknownKey(keyNode, spelling, in: kind, siblings: pairs) { broken.append(meant) }
                continue
            }
            let place = KeyPlace(key: key, span: span(keyNode))
            if let first = fields.items.first(where: { $0.key == key }) {
                duplicateKey(place, first: first.keySpan)
            } else if let value = read(valueNode, as: keyDescription.type, at: place) {
                fields.items.append(Fields.Item(key: key, keySpan: place.span, value: value))
            } else {
                // Kept as a name without a value, so that a broken value is not reported as a missing key as well.
                let nothing = Value(content: .list([]), span: place.span)
                fields.items.append(Fields.Item(key: key, keySpan: place.span, value: nothing))
                broken.append(key)
            }
        }
        for required in description.keys
        where required.isRequired && !broken.contains(required.key)
            && !fields.items.contains(where: { $0.key == required.key })
        {
            missingKey(required, at: origin)
        }
        fields.broken = broken
        let subject = kind.definitionNoun == nil ? description.keys.first.flatMap { fields[$0.key]?.span } : nil
        for key in broken { brokenKeys.insert(BrokenKey(key: key, owner: subject ?? origin)) }
        return fields
    }

    /// A map whose keys are names: `services:`.
    mutating func named(_ node: Int, as kind: MapKind) -> [Entry] {
        guard tree.nodes[node].kind == .mapping else { return [] }
        var entries: [Entry] = []
        for (keyNode, valueNode) in pairs(of: node) {
            guard spend(at: keyNode) else { break }
            guard let name = name(keyNode, of: kind) else { continue }
            definition = (kind.definitionNoun ?? "", name.value)
            defer { definition = nil }
            let body = tree.resolved(valueNode)
            if tree.isNull(body) {
                let fields = Fields(kind: kind, span: name.span)
                for required in kind.description.keys where required.isRequired { missingKey(required, at: name.span) }
                entries.append(Entry(name: name, fields: fields))
            } else if tree.nodes[body].kind == .mapping {
                entries.append(Entry(name: name, fields: fields(body, as: kind, from: name.span)))
            } else {
                wrongBody(body, of: kind, name)
                for key in kind.description.keys { brokenKeys.insert(BrokenKey(key: key.key, owner: name.span)) }
                entries.append(Entry(name: name, fields: Fields(kind: kind, span: name.span)))
            }
        }
        return entries
    }

    /// Keys and values of a map, with what `<<` brings in where the map itself has no such key.
    mutating func pairs(of node: Int, depth: Int = 0) -> [(key: Int, value: Int)] {
        var own: [(key: Int, value: Int)] = []
        var merged: [Int] = []
        var children = tree.children(of: node)
        while let key = children.next(), let value = children.next() {
            let key = tree.resolved(key)
            if tree.nodes[key].kind == .plain, tree.nodes[key].length == 2, tree.string(key) == "<<" {
                merged.append(value)
            } else {
                own.append((key, value))
            }
        }
        guard !merged.isEmpty else { return own }
        var names = Set(own.map { tree.string($0.key) })
        for source in merged {
            let source = tree.resolved(source)
            let maps = tree.nodes[source].kind == .sequence ? Array(tree.children(of: source)) : [source]
            for map in maps.map(tree.resolved) {
                guard tree.nodes[map].kind == .mapping else {
                    mergeNeedsMap(map)
                    continue
                }
                guard spend(at: map), depth < Self.mergeDepth else { return own }
                // Merge keys nest: `<<` inside a merged map counts, too. Every level spends budget.
                for pair in pairs(of: map, depth: depth + 1)
                where spend(at: pair.key) && names.insert(tree.string(pair.key)).inserted {
                    own.append(pair)
                }
            }
        }
        return own
    }
}
