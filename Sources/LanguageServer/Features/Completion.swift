import CatalogLint
import CatalogModel
import SourceDiagnostics

/// What may be written at a place: names, keys that are not there yet, words of the language, rules.
struct CompletionFeature {
    let view: CatalogView

    /// More than this is cut, and asked for again with more letters.
    private static let limit = 500

    func answer(_ file: String, _ position: TextPosition) -> JSONValue {
        let nothing = JSONValue.object([("isIncomplete", false), ("items", .array([]))])
        guard let document = view.document(file) else { return nothing }
        let offset = document.offset(of: position, view.encoding)
        guard let context = CursorContext(document, offset: offset) else { return nothing }
        let ranked = self.items(context).enumerated().compactMap { index, item in
            Self.distance(item.label, item.typed).map { (rank: $0, index: index, item: item) }
        }
        let items = ranked.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }.map(\.item)
        let shown = items.prefix(Self.limit)
        return .object([
            ("isIncomplete", .bool(items.count > shown.count)),
            (
                "items",
                .array(
                    shown.enumerated().map { $1.json(document, context, offset, order: $0, view.encoding) })
            ),
        ])
    }

    /// How far a name is from what was typed: 0 where it begins so, 1 where it holds it, 2 where its letters come in
    /// this order, whatever the case; nil where they do not.
    private static func distance(_ label: String, _ typed: String) -> Int? {
        let (label, typed) = (label.lowercased(), typed.lowercased())
        if label.hasPrefix(typed) { return 0 }
        if label.contains(typed) { return 1 }
        var rest = Substring(label)
        for character in typed {
            guard let index = rest.firstIndex(of: character) else { return nil }
            rest = rest[rest.index(after: index)...]
        }
        return 2
    }

    private func items(_ context: CursorContext) -> [Item] {
        var items: [Item] = []
        let typed =
            context.prefix.first == "'" || context.prefix.first == "\""
            ? String(context.prefix.dropFirst()) : context.prefix
        if let lint = LintPlace(context.path) { return lintItems(lint, context, typed) }
        guard let place = LanguagePlace(path: context.path) else { return [] }
        if context.isValue { items += values(place, context, typed) }
        if context.isKey {
            items += place.keys.filter { !context.siblings.contains($0.name) }.map { key in
                var item = Item(label: key.name, kind: .property, typed: typed)
                item.detail = key.valuePhrase + (key.isRequired ? ", required" : "")
                item.documentation = key.summary
                item.text = key.name + ": "
                item.isKey = true
                return item
            }
        }
        return items
    }

    // MARK: Values

    private func values(_ place: LanguagePlace, _ context: CursorContext, _ typed: String) -> [Item] {
        guard let values = place.values else {
            // One name where a list belongs: the list comes with it.
            guard let element = place.element, context.siblings.isEmpty, !context.isKey else { return [] }
            return self.values(element, context, typed).map { item in
                var item = item
                item.text = "[\(item.text ?? item.label)]"
                return item
            }
        }
        switch values {
        case .choice(let words): return words.map { word(of: $0, typed) }
        case .flag: return ["true", "false"].map { Item(label: $0, kind: .keyword, typed: typed) }
        case .duration:
            return ["250ms", "5s", "10m", "2h", "7d"].map { Item(label: $0, kind: .unit, typed: typed) }
        case .reference(let target): return names(target, typed)
        case .step: return step(typed)
        case .other: return []
        }
    }

    private func word(of text: String, _ typed: String) -> Item {
        var item = Item(label: text, kind: .enumMember, typed: typed)
        if let system = MessagingSystem(rawValue: text) {
            item.detail = system.title
            item.documentation = FactSheet(catalog: view.catalog, graph: view.graph).text(
                of: CatalogNode(.broker, text))
        }
        return item
    }

    private func names(_ target: ReferenceTarget, _ typed: String) -> [Item] {
        switch target {
        case .service: return defined([.service], typed)
        case .channel: return defined([.channel], typed)
        case .message: return defined([.message], typed) + versions(typed)
        case .broker:
            let named = defined([.broker], typed)
            let taken = Set(named.map(\.label))
            return named
                + MessagingSystem.allCases.map(\.rawValue).filter { !taken.contains($0) }.map {
                    word(of: $0, typed)
                }
        }
    }

    private func versions(_ typed: String) -> [Item] {
        view.catalog.messages.compactMap { message in
            message.version.map { version in
                var item = Item(label: "\(message.name)@\(version)", kind: .struct, typed: typed)
                item.detail = message.documentation.title
                return item
            }
        }
    }

    /// Names that are defined, and those that a file which is broken now defined before.
    private func defined(_ kinds: Set<CatalogNode.Kind>, _ typed: String) -> [Item] {
        var seen: Set<CatalogNode> = []
        let all = view.symbols.definitions + view.lostNames.definitions
        return all.filter { kinds.contains($0.node.kind) && seen.insert($0.node).inserted }
            .sorted { $0.node.name < $1.node.name }
            .map { symbol in
                let documentation = view.catalog.documentation(of: symbol.node)
                var item = Item(label: symbol.node.name, kind: Item.Kind(symbol.node.kind), typed: typed)
                item.detail = [symbol.phrase, documentation?.title].compactMap(\.self).joined(
                    separator: " · ")
                if let channel = view.catalog.channel(named: symbol.node.name), channel.deprecated != nil,
                    symbol.node.kind == .channel
                {
                    item.isDeprecated = true
                }
                return item
            }
    }

    /// `SERVICE calls|publishes|handles NAME`, word by word.
    private func step(_ typed: String) -> [Item] {
        let words = typed.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let last = words.last ?? ""
        let done = words.dropLast().filter { !$0.isEmpty }
        guard !done.isEmpty else { return defined([.service], last) }
        let verbs = Flow.Step.Action.allCases.map(\.rawValue)
        guard let verb = done.last(where: verbs.contains), done.count > 1 else {
            return verbs.map { Item(label: $0, kind: .keyword, typed: last) }
        }
        return defined(verb == "calls" ? [.service] : [.channel], last)
    }

    // MARK: lint

    private func lintItems(_ place: LintPlace, _ context: CursorContext, _ typed: String) -> [Item] {
        switch place {
        case .rules:
            guard context.isKey else { return [] }
            return allRules.filter { $0.group != .structure && !context.siblings.contains($0.name) }.map {
                rule in
                var item = Item(label: rule.name, kind: .property, typed: typed)
                item.detail = rule.severity?.rawValue ?? "off"
                item.documentation = hoverText(rule.summary)
                item.text = rule.name + ": "
                item.isKey = true
                return item
            }
        case .settings(let rule):
            var items: [Item] = []
            if context.isValue { items += Self.severities(typed) }
            if context.isKey {
                items += LintPlace.keys(ofRule: rule).filter { !context.siblings.contains($0.name) }.map {
                    key in
                    var item = Item(label: key.name, kind: .property, typed: typed)
                    item.documentation = hoverText(key.summary)
                    item.text = key.name + ": "
                    item.isKey = true
                    return item
                }
            }
            return items
        case .severity: return context.isValue ? Self.severities(typed) : []
        case .paths: return []
        }
    }

    private static func severities(_ typed: String) -> [Item] {
        LintPlace.severities.map { Item(label: $0, kind: .enumMember, typed: typed) }
    }
}
