import CatalogModel
import SourceDiagnostics

/// Where a name is defined and used; what a file and the workspace define; links to files.
struct NavigationFeature {
    let view: CatalogView
    /// Whether a file is there, by its path as spans have it.
    let fileExists: @Sendable (String) -> Bool

    /// A schema's file, or where the name at the position is defined.
    func definition(_ file: String, _ position: TextPosition) -> JSONValue {
        if let link = links(in: file).first(where: {
            $0.range.lowerBound <= position && position <= $0.range.upperBound
        }) {
            let start = TextPosition(line: 0, column: 0)
            return .object([
                ("uri", .string(view.folder.uri(link.path))), ("range", CatalogView.json(start..<start)),
            ])
        }
        guard let symbol = view.symbol(in: file, at: position),
            let definition = view.symbols.definition(of: symbol.node)
        else { return .null }
        return view.location(definition.span)
    }

    func references(_ file: String, _ position: TextPosition, withDefinition: Bool) -> JSONValue {
        guard let symbol = view.symbol(in: file, at: position) else { return .null }
        let all = view.symbols.symbols(of: symbol.node).filter { withDefinition || !$0.isDefinition }
        return .array(all.map { view.location($0.span) })
    }

    /// The places of the name in the same file: 3 is a write, 2 a read (`DocumentHighlightKind`).
    func highlights(_ file: String, _ position: TextPosition) -> JSONValue {
        guard let symbol = view.symbol(in: file, at: position) else { return .null }
        let here = view.symbols.symbols(of: symbol.node).filter { $0.span.file == file }
        return .array(
            here.map {
                .object([
                    ("range", CatalogView.json(view.range($0.span))),
                    ("kind", .number($0.isDefinition ? 3 : 2)),
                ])
            })
    }

    /// What the file defines, each with the lines that belong to it.
    func documentSymbols(_ file: String) -> JSONValue {
        guard let document = view.document(file) else { return .array([]) }
        return .array(
            view.symbols.definitions(in: file).map { symbol in
                let name = view.range(symbol.span)
                let end = max(name.upperBound, Self.end(of: name.lowerBound, in: document, view.encoding))
                let title = view.catalog.documentation(of: symbol.node)?.title
                return .members([
                    ("name", .string(symbol.node.name)),
                    ("detail", .string([symbol.phrase, title].compactMap(\.self).joined(separator: " · "))),
                    ("kind", .number(Self.kind(symbol.node.kind))),
                    ("range", CatalogView.json(name.lowerBound..<end)),
                    ("selectionRange", CatalogView.json(name)),
                ])
            })
    }

    /// The end of the last line that is deeper than the name's.
    private static func end(
        of start: TextPosition, in document: TextDocument, _ encoding: PositionEncoding
    ) -> TextPosition {
        func indent(_ line: ArraySlice<UInt8>) -> Int? {
            let index = line.firstIndex { $0 != UInt8(ascii: " ") }
            return index.map { $0 - line.startIndex }
        }
        let own = indent(document.line(start.line)) ?? 0
        var last = start.line
        var number = start.line + 1
        while number < document.lineStarts.count {
            let line = document.line(number)
            if let depth = indent(line) {
                guard depth > own else { break }
                last = number
            }
            number += 1
        }
        return document.position(ofByte: document.line(last).endIndex, encoding)
    }

    /// Numbers of the protocol's `SymbolKind`.
    private static func kind(_ kind: CatalogNode.Kind) -> Int {
        switch kind {
        case .service: 5
        case .channel: 24
        case .message: 23
        case .flow: 12
        case .broker: 2
        }
    }

    /// The most that a search gives.
    private static let limit = 500

    func workspaceSymbols(_ query: String) -> JSONValue {
        let query = query.lowercased()
        let found = view.symbols.definitions.filter { symbol in
            let title = view.catalog.documentation(of: symbol.node)?.title ?? ""
            return query.isEmpty || symbol.node.name.lowercased().contains(query)
                || title.lowercased().contains(query)
        }
        return .array(
            found.prefix(Self.limit).map { symbol in
                .members([
                    ("name", .string(symbol.node.name)), ("kind", .number(Self.kind(symbol.node.kind))),
                    ("location", view.location(symbol.span)), ("containerName", .string(symbol.phrase)),
                ])
            })
    }

    // MARK: Links

    private struct Link {
        var range: Range<TextPosition>
        var path: String
    }

    /// Schemas and links that name local files which are there.
    private func links(in file: String) -> [Link] {
        let catalog = view.catalog
        var places = catalog.messages.compactMap(\.schema)
        let documentations =
            [catalog.about] + catalog.services.map(\.documentation)
            + catalog.channels.map(\.documentation)
            + catalog.messages.map(\.documentation) + catalog.flows.map(\.documentation)
        for documentation in documentations where documentation.linkSpans.first?.file == file {
            places += zip(documentation.links, documentation.linkSpans).map { Located($0, $1) }
        }
        return places.filter { $0.span.file == file }.compactMap { place in
            guard let path = place.localPath, fileExists(path) else { return nil }
            return Link(range: view.range(place.span), path: path)
        }
    }

    func documentLinks(_ file: String) -> JSONValue {
        .array(
            links(in: file).map {
                .object([
                    ("range", CatalogView.json($0.range)), ("target", .string(view.folder.uri($0.path))),
                ])
            })
    }
}
