import CatalogLint
import CatalogModel
import SourceDiagnostics

/// What stands at a place: the facts of a name, the meaning of a key, the reason of a rule.
struct HoverFeature {
    let view: CatalogView
    /// Whether the client shows Markdown.
    let isMarkdown: Bool

    func answer(_ file: String, _ position: TextPosition) -> JSONValue {
        if let symbol = view.symbol(in: file, at: position),
            let text = FactSheet(catalog: view.catalog, graph: view.graph).text(of: symbol.node)
        {
            return hover(text, view.range(symbol.span))
        }
        guard let document = view.document(file) else { return .null }
        let offset = document.offset(of: position, view.encoding)
        guard let context = CursorContext(document, offset: offset),
            let end = context.word.isEmpty ? nil : context.word.upperBound,
            let whole = CursorContext(document, offset: end)
        else { return .null }
        let word = unquoted(whole.prefix)
        let range =
            document.position(
                ofByte: whole.word.lowerBound, view.encoding)..<document.position(
                ofByte: whole.word.upperBound, view.encoding)
        return text(of: word, whole).map { hover($0, range) } ?? .null
    }

    private func text(of word: String, _ context: CursorContext) -> String? {
        if let lint = LintPlace(context.path) {
            return lint.explanation(of: word, isKey: context.isKey)
        }
        if context.isKey,
            let key = LanguagePlace(path: context.path)?.keys.first(where: { $0.name == word })
        {
            return
                "**\(key.name)** — \(key.valuePhrase)\(key.isRequired ? ", required" : "")\n\n\(key.summary)"
        }
        guard context.isValue else { return nil }
        if MessagingSystem(rawValue: word) != nil,
            case .choice(let words) = LanguagePlace(path: context.path)?.values,
            words.contains(word)
        {
            return FactSheet(catalog: view.catalog, graph: view.graph).text(
                of: CatalogNode(.broker, word))
        }
        return nil
    }

    private func hover(_ text: String, _ range: Range<TextPosition>) -> JSONValue {
        .object([
            (
                "contents",
                .object([
                    ("kind", isMarkdown ? "markdown" : "plaintext"),
                    ("value", .string(isMarkdown ? text : withoutMarks(text))),
                ])
            ),
            ("range", CatalogView.json(range)),
        ])
    }
}

/// A name without the quotes around it.
func unquoted(_ text: String) -> String {
    guard text.count >= 2, let quote = text.first, quote == "'" || quote == "\"", text.last == quote
    else { return text }
    return String(text.dropFirst().dropLast())
}
