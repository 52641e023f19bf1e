import SourceDiagnostics

/// One page of an EventCatalog: the front matter of an `.mdx` or `.md` file, and what sort of thing it describes.
///
/// Source: EventCatalog's resource folders (`services/NAME/index.mdx` …) and front matter reference, version 2 and 3.
struct EventCatalogDocument {
    enum Kind: String, CaseIterable {
        case domains, systems, subdomains, services, events, commands, queries, channels, flows
        case containers, entities, adrs, teams, users, actors, diagrams
    }

    let path: String
    let kind: Kind
    let fields: YAMLCursor
    /// Whether it describes an older version of something.
    let isOldVersion: Bool

    var id: String { fields["id"].line ?? "" }

    /// Nil for files that describe nothing: without front matter, in no folder of a known sort, or without an id.
    init?(path: String, text: String) {
        // As characters, a carriage return and a line feed are one.
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            Substring($0)
        }
        guard lines.first?.trimmed == "---", let end = lines.dropFirst().firstIndex(where: { $0.trimmed == "---" })
        else {
            return nil
        }
        let folders = path.split(separator: "/").dropLast().map(String.init)
        // The innermost folder of a known sort says what it is.
        guard let kind = folders.reversed().lazy.compactMap(Kind.init(rawValue:)).first else { return nil }
        let yaml = lines[1..<end].joined(separator: "\n") + "\n"
        self.path = path
        self.kind = kind
        fields = YAMLCursor(YAMLTree(parsing: Array(yaml.utf8)))
        isOldVersion = folders.contains("versioned")
        guard !id.isEmpty else { return nil }
    }

    /// The domain it lies in, by the folders above it.
    var domainFolder: String? {
        let folders = path.split(separator: "/").map(String.init)
        guard let index = folders.firstIndex(of: "domains"), folders.indices.contains(index + 1) else { return nil }
        return folders[...(index + 1)].joined(separator: "/")
    }

    var documentation: Documentation {
        var documentation = Documentation()
        documentation.title = fields["name"].line
        documentation.description = fields["summary"].line
        documentation.owner = fields["owners"].elements.first.flatMap { $0.line ?? $0["id"].line }
        documentation.repository = fields["repository"]["url"].line ?? fields["repository"].line
        documentation.tags = fields["badges"].elements.compactMap { $0["content"].line }
        return documentation
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
