import SourceDiagnostics

/// Reads AsyncAPI documents into a catalog, and says what of them the catalog has no place for.
public enum AsyncAPIImporter {
    /// - Parameter loaded: The documents, loaded as a catalog.
    public static func read(_ loaded: LoadedCatalog) -> ImportedCatalog {
        var imported = ImportedCatalog()
        imported.catalog = loaded.catalog
        var counts: [String: Int] = [:]
        for source in loaded.sources {
            let tree = YAMLTree(parsing: source.bytes)
            let root = YAMLCursor(tree)
            guard root["asyncapi"].exists else { continue }
            countLosses(root, "", &counts)
        }
        imported.losses = counts.sorted { $0.key < $1.key }.map { path, count in
            count == 1 ? path : "\(path) (\(count) times)"
        }
        // A schema that stands in the document itself is no file that the catalog could name.
        var inline = 0
        for index in imported.catalog.messages.indices {
            guard imported.catalog.messages[index].schema?.value.hasPrefix("#") == true else { continue }
            imported.catalog.messages[index].schema = nil
            inline += 1
        }
        if inline > 0 { imported.losses.append("the schemas of \(inline) messages, which stand in the documents") }
        return imported
    }

    /// The paths of keys that the catalog carries over; `*` stands for any key or element.
    private static let carried: Set<String> = [
        "asyncapi", "info", "info.title", "info.description", "info.contact", "info.contact.name", "info.contact.email",
        "info.tags", "info.externalDocs", "info.externalDocs.url", "tags", "externalDocs", "externalDocs.url",
        "servers",
        "servers.*", "servers.*.protocol", "channels", "channels.*", "channels.*.address", "channels.*.title",
        "channels.*.description", "channels.*.summary", "channels.*.tags", "channels.*.servers", "channels.*.bindings",
        "channels.*.messages", "channels.*.publish", "channels.*.subscribe", "channels.*.$ref",
        "channels.*.publish.message", "channels.*.subscribe.message", "operations", "operations.*",
        "operations.*.action", "operations.*.channel", "operations.*.messages", "operations.*.reply",
        "operations.*.reply.channel", "components", "components.messages", "components.messages.*",
        "components.messages.*.name", "components.messages.*.messageId", "components.messages.*.title",
        "components.messages.*.summary", "components.messages.*.description", "components.messages.*.payload",
        "components.schemas", "components.channels", "components.operations", "components.servers",
    ]

    /// Below these everything counts as carried: what matters of it is, and the rest is told otherwise.
    private static let whole: Set<String> = [
        "info.tags", "tags", "channels.*.tags", "channels.*.servers", "channels.*.messages", "channels.*.bindings",
        "channels.*.publish.message", "channels.*.subscribe.message", "operations.*.messages", "operations.*.channel",
        "operations.*.reply.channel", "components.messages.*.payload", "components.schemas", "components.channels",
        "components.operations", "components.servers",
    ]

    private static func countLosses(_ node: YAMLCursor, _ path: String, _ counts: inout [String: Int]) {
        for (key, value) in node.pairs where !key.hasPrefix("x-flowglass-") {
            let own = path.isEmpty ? key : "\(path).\(key)"
            let isEntry = ["servers", "channels", "operations", "components.messages"].contains(path)
            let pattern = isEntry ? "\(path).*" : own
            guard carried.contains(pattern) else {
                counts[pattern, default: 0] += 1
                continue
            }
            if !whole.contains(pattern) { countLosses(value, pattern, &counts) }
        }
    }
}
