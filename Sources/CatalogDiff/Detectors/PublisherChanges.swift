import CatalogModel

/// Who publishes where: `publishes` entries, by service, channel and message name.
struct PublisherChanges: ChangeDetector {
    func changes(_ context: DiffContext) -> [CatalogChange] {
        context.ofEachService { changes(of: $0, $1, $2, context) }
    }

    private func changes(of name: String, _ old: Service?, _ new: Service?, _ context: DiffContext) -> [CatalogChange] {
        let pairs = context.pairs(old?.publishes ?? [], new?.publishes ?? []) { $0.channel.value }
        var changes = pairs.added.map {
            CatalogChange(
                .publisherAdded, .safe, CatalogNode(.service, name), "'\(name)' publishes to '\($0.channel.value)'",
                before: old?.span, after: $0.channel.span)
        }
        changes += pairs.removed.map { removed($0, by: name, new, context) }
        for (before, after) in pairs.both { changes += changed(name, before, after, context) }
        return changes
    }

    private func removed(
        _ publication: Publication, by name: String, _ service: Service?, _ context: DiffContext
    ) -> CatalogChange {
        let channel = publication.channel.value
        let who = service == nil ? "'\(name)' is gone and" : "'\(name)'"
        let what = "\(who) no longer publishes to '\(channel)'"
        // A channel that is gone has its own change.
        let hit = context.newGraph.channel(channel) == nil ? [] : context.subscribers(of: channel)
        let others = context.publishers(of: channel)
        let rest =
            hit.isEmpty
            ? "" : others.isEmpty ? ", and nobody else does: \(subscribing(hit))" : "; \(named(others)) still does"
        return CatalogChange(
            .publisherRemoved, hit.isEmpty ? .safe : others.isEmpty ? .breaking : .risky, CatalogNode(.service, name),
            what + rest, affected: hit, before: publication.channel.span, after: service?.span)
    }

    private func changed(
        _ name: String, _ old: Publication, _ new: Publication, _ context: DiffContext
    ) -> [CatalogChange] {
        let channel = new.channel.value
        let node = CatalogNode(.service, name)
        let (from, to) = (old.channel.span, new.channel.span)
        var changes: [CatalogChange] = []
        if old.key != new.key {
            let ordered = context.newGraph.handlers(of: channel).filter {
                context.newGraph.subscription($0).needs.ordering?.value == true
            }
            let hit = context.parties(ordered, .subscriber)
            changes.append(
                CatalogChange(
                    .partitionKeyChanged, hit.isEmpty ? .safe : new.key == nil ? .breaking : .risky, node,
                    "'\(name)' publishes to '\(channel)' by \(new.key.map { "key '\($0)'" } ?? "no key") instead of \(old.key.map { "'\($0)'" } ?? "none")",
                    affected: hit, before: from, after: to))
        }
        if old.outbox == true, new.outbox != true {
            let hit = context.subscribers(of: channel)
            changes.append(
                CatalogChange(
                    .outboxRemoved, hit.isEmpty ? .safe : .risky, node,
                    "'\(name)' publishes to '\(channel)' without its outbox: messages may be missing after a crash",
                    affected: hit, before: from, after: to))
        }
        if old.awaits == nil, let awaits = new.awaits {
            let what =
                switch awaits {
                case .reply(let reply): "awaits a reply on '\(reply.value)'"
                case .polls(let polled, _): "polls '\(polled.value)'"
                }
            changes.append(
                CatalogChange(
                    .replyAwaited, .risky, node, "'\(name)' \(what) after it publishes to '\(channel)'",
                    affected: [context.party(name, .publisher)], before: from, after: to))
        }
        var keys: [String] = []
        if old.message?.value != new.message?.value { keys.append("message") }
        if old.outbox != true, new.outbox == true { keys.append("outbox") }
        if old.when != new.when { keys.append("when") }
        if old.awaits != nil, !Self.isSame(old.awaits, new.awaits) { keys.append("awaits") }
        if !keys.isEmpty {
            changes.append(
                CatalogChange(
                    .publisherChanged, .safe, node, "'\(name)' publishes to '\(channel)' with another \(listed(keys))",
                    before: old.message?.span ?? from, after: new.message?.span ?? to))
        }
        return changes
    }

    private static func isSame(_ left: Publication.Awaits?, _ right: Publication.Awaits?) -> Bool {
        switch (left, right) {
        case (.reply(let a), .reply(let b)): a.value == b.value
        case (.polls(let a, let x), .polls(let b, let y)): a.value == b.value && x == y
        case (nil, nil): true
        default: false
        }
    }
}
