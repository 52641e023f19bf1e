import CatalogModel
import SourceDiagnostics

extension CompletionFeature {
    /// One thing that may be written.
    struct Item {
        /// Numbers of the protocol's `CompletionItemKind`.
        enum Kind: Int {
            case method = 2
            case `class` = 7
            case module = 9
            case property = 10
            case unit = 11
            case keyword = 14
            case enumMember = 20
            case `struct` = 22
            case event = 23

            init(_ kind: CatalogNode.Kind) {
                self =
                    switch kind {
                    case .service: .class
                    case .channel: .event
                    case .message: .struct
                    case .flow: .method
                    case .broker: .module
                    }
            }
        }

        var label: String
        var kind: Kind
        /// What of it was typed already.
        var typed: String
        var detail: String?
        /// Markdown.
        var documentation: String?
        /// What is inserted, where that is not the label.
        var text: String?
        var isKey = false
        var isDeprecated = false

        func json(
            _ document: TextDocument, _ context: CursorContext, _ offset: Int, order: Int,
            _ encoding: PositionEncoding
        ) -> JSONValue {
            // Only the last word of a step is replaced.
            let start = max(offset - typed.utf8.count, context.word.lowerBound)
            let isQuoted = !context.prefix.isEmpty && "'\"".contains(context.prefix.first ?? " ")
            var end = max(context.word.upperBound, offset)
            var new = text ?? label
            // A key that has its colon keeps it.
            if isKey, Self.hasColon(document.bytes, after: end) { new = label }
            if !isKey, text == nil, !isQuoted { new = yamlScalar(label) }
            if isQuoted { end = max(offset, min(end, document.bytes.count)) }
            let range =
                document.position(
                    ofByte: start, encoding)..<document.position(ofByte: max(start, end), encoding)
            return .members([
                ("label", .string(label)), ("kind", .number(kind.rawValue)),
                ("detail", detail.map { .string($0) }),
                (
                    "documentation",
                    documentation.map { .object([("kind", "markdown"), ("value", .string($0))]) }
                ),
                (
                    "sortText",
                    .string(String(repeating: "0", count: max(0, 4 - String(order).count)) + String(order))
                ),
                ("filterText", .string(label)),
                ("tags", isDeprecated ? .array([1]) : nil),
                (
                    "textEdit",
                    .object([("range", CatalogView.json(range)), ("newText", .string(new))])
                ),
            ])
        }

        private static func hasColon(_ bytes: [UInt8], after end: Int) -> Bool {
            var index = end
            while index < bytes.count, bytes[index] == 0x20 { index += 1 }
            return index < bytes.count && bytes[index] == UInt8(ascii: ":")
        }
    }
}
