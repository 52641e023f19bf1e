import CatalogModel
import SourceDiagnostics

/// A new name, everywhere the old one stands.
struct RenameFeature {
    let view: CatalogView

    /// The part of a name that can be changed: without quotes, and without the version of a message.
    func prepare(_ file: String, _ position: TextPosition) -> JSONValue {
        guard let symbol = view.symbol(in: file, at: position),
            view.symbols.definition(of: symbol.node) != nil,
            let edit = edit(symbol, to: symbol.node.name)
        else { return .null }
        return .object([
            ("range", CatalogView.json(edit.name)), ("placeholder", .string(symbol.node.name)),
        ])
    }

    func rename(_ file: String, _ position: TextPosition, to name: String) throws(RPC.Failure)
        -> JSONValue
    {
        guard let symbol = view.symbol(in: file, at: position),
            view.symbols.definition(of: symbol.node) != nil
        else {
            throw RPC.Failure(code: .requestFailed, message: "no name of the catalog stands here")
        }
        let name = name.trimmingBlanks
        guard !name.isEmpty,
            !name.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
        else { throw RPC.Failure(code: .invalidParams, message: "a name is printable text") }
        let node = symbol.node
        if node.name != name, view.symbols.definition(of: CatalogNode(node.kind, name)) != nil {
            throw RPC.Failure(
                code: .requestFailed, message: "a \(node.kind.rawValue) '\(name)' is already defined")
        }
        let symbols = view.symbols.symbols(of: node)
        // The words of a step end at a verb: such a name would be read as another step.
        let isInStep = symbols.contains(where: \.isInStep)
        let verbs = Set(Flow.Step.Action.allCases.map(\.rawValue))
        if isInStep, name.split(separator: " ").contains(where: { verbs.contains(String($0)) }) {
            throw RPC.Failure(code: .requestFailed, message: "a step could not name '\(name)'")
        }
        var changes: [String: [(Range<TextPosition>, JSONValue)]] = [:]
        for symbol in symbols {
            guard let edit = edit(symbol, to: name) else { continue }
            changes[symbol.span.file, default: []].append(
                (
                    edit.range,
                    .object([("range", CatalogView.json(edit.range)), ("newText", .string(edit.text))])
                ))
        }
        return .object([
            (
                "changes",
                .object(
                    changes.sorted { $0.key < $1.key }.map { file, edits in
                        (
                            view.folder.uri(file),
                            .array(edits.sorted { $0.0.lowerBound < $1.0.lowerBound }.map(\.1))
                        )
                    })
            )
        ])
    }

    private struct Edit {
        /// What is replaced, and the part of it that is the name.
        var range: Range<TextPosition>
        var name: Range<TextPosition>
        var text: String
    }

    /// Nil where the name does not stand as text: at an alias, which follows its anchor.
    private func edit(_ symbol: Symbol, to name: String) -> Edit? {
        guard let document = view.document(symbol.span.file) else { return nil }
        let bytes = SpanLocator(document).bytes(of: symbol.span)
        let old = String(decoding: document.bytes[bytes], as: UTF8.self)
        guard !old.hasPrefix("*") else { return nil }
        let isQuoted =
            old.count >= 2 && (old.first == "'" || old.first == "\"") && old.first == old.last
        // `m@2` keeps its version.
        let inner = isQuoted ? String(old.dropFirst().dropLast()) : old
        let isVersioned = symbol.node.kind == .message && inner.hasPrefix(symbol.node.name + "@")
        let version = isVersioned ? String(inner.dropFirst(symbol.node.name.count)) : ""
        let isPart = symbol.isInStep && !isQuoted
        let text =
            switch old.first {
            case "'" where isQuoted: "'" + (name + version).replacing("'", with: "''") + "'"
            case "\"" where isQuoted:
                "\"" + (name + version).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
            // A sentence of a step may itself be in quotes; its words never are.
            default: isPart ? name : yamlScalar(name + version)
            }
        func position(_ offset: Int) -> TextPosition {
            document.position(ofByte: offset, view.encoding)
        }
        let start = bytes.lowerBound + (isQuoted ? 1 : 0)
        let end = max(start, bytes.upperBound - (isQuoted ? 1 : 0) - version.utf8.count)
        return Edit(
            range: position(bytes.lowerBound)..<position(bytes.upperBound),
            name: position(start)..<position(end),
            text: text)
    }
}

extension String {
    /// Without blanks at both ends.
    var trimmingBlanks: String {
        var text = Substring(self)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
