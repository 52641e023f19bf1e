import CatalogModel
import SourceDiagnostics

/// Message types that come and go, and what they promise; which channels carry them.
struct MessageChanges: ChangeDetector {
    func changes(_ context: DiffContext) -> [CatalogChange] {
        let pairs = context.pairs(context.old.messages, context.new.messages) { $0.name }
        var changes = pairs.added.map {
            CatalogChange(
                .messageAdded, .safe, CatalogNode(.message, $0.name), "message '\($0.name)' is new", after: $0.span)
        }
        changes += pairs.removed.map { message in
            let hit = MessageUse(message.name, context.newGraph).parties(context)
            return CatalogChange(
                .messageRemoved, hit.isEmpty ? .safe : .breaking, CatalogNode(.message, message.name),
                "message '\(message.name)' is gone"
                    + (hit.isEmpty ? "" : ", and \(named(hit)) still \(hit.count == 1 ? "names" : "name") it"),
                affected: hit, before: message.span)
        }
        for (old, new) in pairs.both { changes += changed(old, new, context) }
        return changes
    }

    private static let strength = ["none": 0, "backward": 1, "forward": 1, "full": 2]

    private func changed(_ old: Message, _ new: Message, _ context: DiffContext) -> [CatalogChange] {
        let node = CatalogNode(.message, new.name)
        var changes: [CatalogChange] = []
        if let before = old.compatibility, before != new.compatibility {
            func rank(_ text: String?) -> Int {
                Self.strength[(text ?? "none").replacing("-transitive", with: "")] ?? 0
            }
            let isWeaker =
                rank(new.compatibility) < rank(before)
                || rank(new.compatibility) == rank(before) && before.hasSuffix("-transitive")
            let hit = isWeaker ? MessageUse(new.name, context.newGraph).parties(context) : []
            changes.append(
                CatalogChange(
                    isWeaker ? .compatibilityWeakened : .messageChanged, hit.isEmpty ? .safe : .risky, node,
                    "message '\(new.name)' promises \(new.compatibility ?? "no") compatibility instead of \(before)",
                    affected: hit, before: old.span, after: new.span))
        }
        var keys = old.documentation.changedKeys(to: new.documentation)
        if old.version != new.version { keys.append("version") }
        if old.schema?.value != new.schema?.value { keys.append("schema file") }
        if old.compatibility == nil, new.compatibility != nil { keys.append("compatibility") }
        if old.example != new.example { keys.append("example") }
        if !keys.isEmpty {
            changes.append(
                CatalogChange(
                    .messageChanged, .safe, node, "message '\(new.name)' has another \(listed(keys))", before: old.span,
                    after: new.span))
        }
        return changes
    }
}

/// Who publishes and who handles a message type: by their entries, or by the channels that carry it.
struct MessageUse {
    var publishers: Set<String> = []
    var subscribers: Set<String> = []

    init(_ message: String, _ graph: CatalogGraph) {
        func isIt(_ reference: Located<String>?) -> Bool {
            reference.map { MessageName($0.value, in: graph).name == message } ?? false
        }
        for service in graph.catalog.services {
            if service.publishes.contains(where: { isIt($0.message) }) { publishers.insert(service.name) }
            if service.subscribes.contains(where: { isIt($0.message) }) { subscribers.insert(service.name) }
        }
        for channel in graph.catalog.channels where channel.messages.contains(where: { isIt($0) }) {
            for use in graph.publishers(of: channel.name) where graph.publication(use).message == nil {
                publishers.insert(graph.catalog.services[use.service].name)
            }
            for use in graph.handlers(of: channel.name) where graph.subscription(use).message == nil {
                subscribers.insert(graph.catalog.services[use.service].name)
            }
        }
    }

    func parties(_ context: DiffContext) -> [CatalogChange.Party] {
        publishers.sorted().map { context.party($0, .publisher) }
            + subscribers.sorted().map { context.party($0, .subscriber) }
    }
}
