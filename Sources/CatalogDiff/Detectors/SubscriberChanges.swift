import CatalogModel

/// Who handles what: `subscribes` entries, by service and channel.
struct SubscriberChanges: ChangeDetector {
    func changes(_ context: DiffContext) -> [CatalogChange] {
        context.ofEachService { changes(of: $0, $1, $2, context) }
    }

    private func changes(of name: String, _ old: Service?, _ new: Service?, _ context: DiffContext) -> [CatalogChange] {
        let pairs = context.pairs(old?.subscribes ?? [], new?.subscribes ?? []) { $0.channel.value }
        var changes = pairs.added.map {
            CatalogChange(
                .subscriberAdded, .safe, CatalogNode(.service, name), "'\(name)' subscribes to '\($0.channel.value)'",
                before: old?.span, after: $0.channel.span)
        }
        changes += pairs.removed.map { removed($0, by: name, new, context) }
        for (before, after) in pairs.both { changes += changed(name, before, after, context) }
        return changes
    }

    /// Nobody else handling a queue is the publishers' concern: messages pile up. A topic needs nobody.
    private func removed(
        _ subscription: Subscription, by name: String, _ service: Service?, _ context: DiffContext
    ) -> CatalogChange {
        let channel = subscription.channel.value
        let who = service == nil ? "'\(name)' is gone and" : "'\(name)'"
        let what = "\(who) no longer subscribes to '\(channel)'"
        let isQueue = context.newGraph.channel(channel)?.kind == .queue
        let others = context.newGraph.subscribers(of: channel)
        let hit = isQueue && others.isEmpty ? context.publishers(of: channel) : []
        return CatalogChange(
            .subscriberRemoved, hit.isEmpty ? .safe : .breaking, CatalogNode(.service, name),
            what + (hit.isEmpty ? "" : ", and nobody else does: what \(named(hit)) sends piles up"), affected: hit,
            before: subscription.channel.span, after: service?.span)
    }

    private func changed(
        _ name: String, _ old: Subscription, _ new: Subscription, _ context: DiffContext
    ) -> [CatalogChange] {
        let channel = new.channel.value
        let node = CatalogNode(.service, name)
        let me = [context.party(name, .subscriber)]
        let (from, to) = (old.channel.span, new.channel.span)
        var changes: [CatalogChange] = []
        if let within = new.needs.within, old.needs.within.map({ within.value < $0.value }) ?? true {
            let before = old.needs.within.map { " instead of \($0.value.catalogText)" } ?? ""
            let hit = context.publishers(of: channel)
            changes.append(
                CatalogChange(
                    .deadlineTightened, hit.isEmpty ? .safe : .risky, node,
                    "'\(name)' must have handled '\(channel)' within \(within.value.catalogText)\(before)",
                    affected: hit + me, before: old.needs.within?.span ?? from, after: within.span))
        }
        if old.group != new.group {
            changes.append(
                CatalogChange(
                    .groupChanged, .risky, node,
                    "'\(name)' reads '\(channel)' as group \(new.group.map { "'\($0)'" } ?? "none") instead of \(old.group.map { "'\($0)'" } ?? "none"): it starts at another place",
                    affected: me, before: from, after: to))
        }
        if old.idempotent?.value == true, new.idempotent?.value != true {
            let isTwice = context.newGraph.channel(channel)?.givenDelivery == .atLeastOnce
            changes.append(
                CatalogChange(
                    .idempotenceLost, isTwice ? .risky : .safe, node,
                    "'\(name)' no longer says that handling '\(channel)' twice does no harm",
                    affected: isTwice ? me : [],
                    before: old.idempotent?.span ?? from, after: new.idempotent?.span ?? to))
        }
        if let deadLetter = old.deadLetter, new.deadLetter == nil {
            changes.append(
                CatalogChange(
                    .deadLetterRemoved, .risky, node,
                    "'\(name)' no longer sends dead letters of '\(channel)' to '\(deadLetter.value)'", affected: me,
                    before: deadLetter.span, after: to))
        }
        if let downtime = new.maxDowntime, old.maxDowntime.map({ $0.value < downtime.value }) ?? true,
            let retention = context.newGraph.channel(channel)?.retention, retention.value < downtime.value,
            context.oldGraph.channel(channel)?.retention?.value == retention.value
        {
            changes.append(
                CatalogChange(
                    .retentionExceeded, .breaking, node,
                    "'\(name)' may be down for \(downtime.value.catalogText), and '\(channel)' keeps messages for \(retention.value.catalogText)",
                    affected: me, before: old.maxDowntime?.span ?? from, after: downtime.span))
        }
        let keys = Self.otherKeys(old, new)
        if !keys.isEmpty {
            changes.append(
                CatalogChange(
                    .subscriberChanged, .safe, node,
                    "'\(name)' subscribes to '\(channel)' with another \(listed(keys))",
                    before: from, after: to))
        }
        return changes
    }

    private static func otherKeys(_ old: Subscription, _ new: Subscription) -> [String] {
        var keys: [String] = []
        if old.message?.value != new.message?.value { keys.append("message") }
        let needs: [KeyPath<Subscription.Needs, Located<Bool>?>] = [\.ordering, \.replay, \.durable]
        let isLooser = new.needs.within.map { now in old.needs.within.map { $0.value < now.value } ?? false } ?? true
        let withinChanged = old.needs.within?.value != new.needs.within?.value && isLooser
        if withinChanged || needs.contains(where: { old.needs[keyPath: $0]?.value != new.needs[keyPath: $0]?.value }) {
            keys.append("needs")
        }
        if old.idempotent?.value != true, new.idempotent?.value == true { keys.append("idempotent") }
        if old.retries != new.retries { keys.append("retries") }
        if old.maxDowntime?.value != new.maxDowntime?.value { keys.append("max-downtime") }
        if let now = new.deadLetter, old.deadLetter?.value != now.value { keys.append("dead-letter") }
        return keys
    }
}
