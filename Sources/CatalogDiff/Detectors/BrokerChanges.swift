import CatalogModel

/// Brokers that come, go, or are another system.
struct BrokerChanges: ChangeDetector {
    func changes(_ context: DiffContext) -> [CatalogChange] {
        let pairs = context.pairs(context.old.brokers, context.new.brokers) { $0.name }
        func node(_ broker: Broker) -> CatalogNode { CatalogNode(.broker, broker.name) }
        var changes = pairs.added.map {
            CatalogChange(.brokerAdded, .safe, node($0), "broker '\($0.name)' is new", after: $0.span)
        }
        changes += pairs.removed.map {
            CatalogChange(.brokerRemoved, .safe, node($0), "broker '\($0.name)' is gone", before: $0.span)
        }
        for (old, new) in pairs.both {
            var parts: [String] = []
            if old.system != new.system { parts.append("\(new.system.title) instead of \(old.system.title)") }
            if old.url != new.url { parts.append("another url") }
            if old.description != new.description { parts.append("another description") }
            guard !parts.isEmpty else { continue }
            // What another system means is said of each of its channels.
            changes.append(
                CatalogChange(
                    .brokerChanged, old.url != new.url ? .risky : .safe, node(new),
                    "broker '\(new.name)' has \(listed(parts))", before: old.span, after: new.span))
        }
        return changes
    }
}
