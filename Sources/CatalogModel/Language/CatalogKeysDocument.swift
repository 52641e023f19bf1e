/// Documentation/CatalogKeys.md: every key of the catalog language with its type and meaning, in Markdown.
///
/// Made of the same table that the loader reads.
public func catalogKeysDocument() -> String {
    var text = """
        # The keys of the catalog language

        This page is generated from the table that the loader reads. [Catalog.md](Catalog.md) is the introduction.
        Keys in bold are required. `NAME` is a name of your choice, `[]` an entry of a list.

        """
    for place in places() {
        text += "\n## \(place.path)\n\n| key | value | meaning |\n| --- | --- | --- |\n"
        for key in place.kind.description.keys {
            let name = key.isRequired ? "**`\(key.key.rawValue)`**" : "`\(key.key.rawValue)`"
            text += "| \(name) | \(words(for: key.type)) | \(key.summary) |\n"
        }
    }
    return text
}

/// Where the language has a map of that kind; the first place of several.
private struct Place {
    var kind: MapKind
    /// `services.NAME.calls[]`
    var path: String
}

/// All kinds of maps, each below what holds it, in the order of the table.
private func places() -> [Place] {
    var places = [Place(kind: .file, path: "A catalog file")]
    var index = 0
    while index < places.count {
        let parent = places[index]
        let prefix = parent.kind == .file ? "" : parent.path + "."
        for key in parent.kind.description.keys {
            guard let (kind, suffix) = map(in: key.type), !places.contains(where: { $0.kind == kind }) else { continue }
            places.append(Place(kind: kind, path: prefix + key.key.rawValue + suffix))
        }
        index += 1
    }
    return places
}

/// The map that a value of the type holds, and how a path goes on to it.
private func map(in type: ValueType) -> (MapKind, suffix: String)? {
    switch type {
    case .map(let kind), .needs(let kind), .entry(let kind): (kind, "")
    case .named(let kind): (kind, ".NAME")
    case .step: (.step, "")
    case .list(let element): map(in: element).map { ($0.0, $0.suffix + "[]") }
    default: nil
    }
}

private func words(for type: ValueType) -> String {
    switch type {
    case .text: "text"
    case .flag: "`true`, `false`"
    case .count(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .duration: "`250ms`, `5s`, `10m`, `2h`, `7d`"
    case .date: "`2026-12-31`"
    case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .pattern: "regular expression"
    case .reference(let target): "name of \(target.phrase)"
    case .step: "a sentence, `order publishes order.completed`, or \(link(to: .step))"
    case .list(.text): "list of texts"
    case .list(.reference(let target)): "list of \(target.rawValue) names"
    case .list(let element): "list: " + words(for: element)
    case .map(let kind): link(to: kind)
    case .entry(let kind): "\(kind.entryPhrase), or \(link(to: kind))"
    case .needs(let kind): "list of words, or \(link(to: kind))"
    case .named(let kind): "names, and below each \(link(to: kind))"
    case .lintSettings: "[rules](Rules.md) and what becomes of them"
    case .anything: "anything"
    }
}

/// A link to the section of a kind, as GitHub names sections.
private func link(to kind: MapKind) -> String {
    let path = places().first { $0.kind == kind }?.path ?? kind.rawValue
    let anchor = path.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "-" }
    return "[a map](#\(anchor))"
}
