import CatalogModel

/// What channels deliver to other channels.
struct RouteChanges: ChangeDetector {
    func changes(_ context: DiffContext) -> [CatalogChange] {
        // A channel that is new or gone says what its routes do.
        context.pairs(context.old.channels, context.new.channels) { $0.name }.both.flatMap { old, new in
            let pairs = context.pairs(old.deliversTo, new.deliversTo) { $0.channel.value }
            let node = CatalogNode(.channel, new.name)
            var changes = pairs.added.map {
                CatalogChange(
                    .routeAdded, .safe, node, "'\(new.name)' delivers to '\($0.channel.value)'", before: old.span,
                    after: $0.channel.span)
            }
            changes += pairs.removed.map { removed($0, from: old, to: new, context) }
            for (before, after) in pairs.both where before.filter != after.filter {
                let hit = context.subscribers(of: after.channel.value)
                changes.append(
                    CatalogChange(
                        .routeChanged, hit.isEmpty ? .safe : .risky, node,
                        "'\(new.name)' delivers to '\(after.channel.value)' \(Self.filter(after.filter)) instead of \(Self.filter(before.filter))",
                        affected: hit, before: before.channel.span, after: after.channel.span))
            }
            return changes
        }
    }

    private static func filter(_ filter: String?) -> String {
        filter.map { "what '\($0)' lets through" } ?? "everything"
    }

    private func removed(
        _ route: Channel.Route, from old: Channel, to new: Channel, _ context: DiffContext
    ) -> CatalogChange {
        let hit = context.subscribers(of: route.channel.value)
        let others = context.publishers(of: route.channel.value)
        let rest = hit.isEmpty ? "" : others.isEmpty ? ", and nothing else does" : ""
        return CatalogChange(
            .routeRemoved, hit.isEmpty ? .safe : others.isEmpty ? .breaking : .risky, CatalogNode(.channel, new.name),
            "'\(new.name)' no longer delivers to '\(route.channel.value)'\(rest)", affected: hit,
            before: route.channel.span, after: new.span)
    }
}
