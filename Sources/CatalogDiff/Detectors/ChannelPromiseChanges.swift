import CatalogModel
import SourceDiagnostics

/// What a channel promises, weaker or stronger than before: ordering, delivery, retention, partitions, dead letters.
struct ChannelPromiseChanges: ChangeDetector {
    func changes(_ context: DiffContext) -> [CatalogChange] {
        context.pairs(context.old.channels, context.new.channels) { $0.name }.both.flatMap { old, new in
            [
                ordering(old, new, context), delivery(old, new, context), retention(old, new, context),
                partitions(old, new, context), deadLetter(old, new, context),
            ].compactMap(\.self)
        }
    }

    /// The subscriptions to the channel and behind its routes, in the new catalog.
    private func subscriptions(to channel: Channel, _ context: DiffContext) -> [(service: Service, of: Subscription)] {
        context.newGraph.handlers(of: channel.name).map {
            (context.new.services[$0.service], context.newGraph.subscription($0))
        }
    }

    private func parties(_ list: [(service: Service, of: Subscription)], _ context: DiffContext)
        -> [CatalogChange.Party]
    {
        Set(list.map { context.party($0.service.name, .subscriber) }).sorted()
    }

    private func ordering(_ old: Channel, _ new: Channel, _ context: DiffContext) -> CatalogChange? {
        func promise(_ channel: Channel) -> Guarantees.Ordering? {
            channel.ordering.flatMap { Guarantees.Ordering(rawValue: $0.value) } ?? channel.givenOrdering
        }
        guard let before = promise(old), let after = promise(new), before != after else { return nil }
        let (from, to) = (old.ordering?.span ?? old.span, new.ordering?.span ?? new.span)
        let node = CatalogNode(.channel, new.name)
        let words = "'\(new.name)' keeps order \(Self.words(after)) instead of \(Self.words(before))"
        if after > before {
            return CatalogChange(.orderingStrengthened, .safe, node, words, before: from, after: to)
        }
        let all = subscriptions(to: new, context)
        let needing = all.filter { $0.of.needs.ordering?.value == true }
        let isNeeded = !needing.isEmpty || new.needs.contains { $0.value == "ordering" } && !all.isEmpty
        let hit = parties(needing.isEmpty ? all : needing, context)
        return CatalogChange(
            .orderingWeakened, hit.isEmpty ? .safe : isNeeded ? .breaking : .risky, node,
            words + (needing.isEmpty ? "" : ", and \(named(hit)) \(hit.count == 1 ? "needs" : "need") it"),
            affected: hit, before: from, after: to)
    }

    private static func words(_ ordering: Guarantees.Ordering) -> String {
        switch ordering {
        case .none: "not at all"
        case .perKey: "per key"
        case .total: "in all"
        }
    }

    private func delivery(_ old: Channel, _ new: Channel, _ context: DiffContext) -> CatalogChange? {
        guard let before = old.givenDelivery, let after = new.givenDelivery, before != after else { return nil }
        let (from, to) = (old.delivery?.span ?? old.span, new.delivery?.span ?? new.span)
        let node = CatalogNode(.channel, new.name)
        let words = "'\(new.name)' delivers \(Self.words(after)) instead of \(Self.words(before))"
        let all = subscriptions(to: new, context)
        switch after {
        case .exactlyOnce:
            return CatalogChange(.deliveryStrengthened, .safe, node, words, before: from, after: to)
        case .atMostOnce:
            let needing = all.filter { $0.of.needs.durable?.value == true || $0.of.maxDowntime != nil }
            let isNeeded = !needing.isEmpty || new.needs.contains { ["durable", "audit"].contains($0.value) }
            let hit = parties(needing.isEmpty ? all : needing, context)
            return CatalogChange(
                .deliveryWeakened, hit.isEmpty ? .safe : isNeeded ? .breaking : .risky, node,
                words + ": messages may be lost", affected: hit, before: from, after: to)
        case .atLeastOnce:
            // Duplicates are new to those who did not have to expect any.
            let unready = all.filter { $0.of.idempotent?.value != true }
            let hit = parties(unready, context)
            let isDenied = unready.contains { $0.of.idempotent?.value == false }
            let kind: ChangeKind = before == .exactlyOnce ? .deliveryWeakened : .deliveryStrengthened
            return CatalogChange(
                kind, hit.isEmpty ? .safe : isDenied ? .breaking : .risky, node,
                words + (hit.isEmpty ? "" : ": messages may come twice"), affected: hit, before: from, after: to)
        }
    }

    private static func words(_ delivery: Guarantees.Delivery) -> String {
        delivery.rawValue.replacing("-", with: " ")
    }

    private func retention(_ old: Channel, _ new: Channel, _ context: DiffContext) -> CatalogChange? {
        guard let before = old.retention, let after = new.retention, before.value != after.value else { return nil }
        let node = CatalogNode(.channel, new.name)
        let words =
            "'\(new.name)' keeps messages for \(after.value.catalogText) instead of \(before.value.catalogText)"
        guard after.value < before.value else {
            return CatalogChange(.retentionLengthened, .safe, node, words, before: before.span, after: after.span)
        }
        // Routes have their own retention: only who subscribes here is hit.
        let direct = subscriptions(to: new, context).filter { $0.of.channel.value == new.name }
        let tooLong = direct.filter { ($0.of.maxDowntime?.value).map { $0 > after.value } ?? false }
        if let worst = tooLong.compactMap(\.of.maxDowntime?.value).max() {
            let hit = parties(tooLong, context)
            return CatalogChange(
                .retentionShortened, .breaking, node,
                "\(words), and \(named(hit)) may be down for \(worst.catalogText)", affected: hit, before: before.span,
                after: after.span)
        }
        let replaying = direct.filter { $0.of.needs.replay?.value == true }
        return CatalogChange(
            .retentionShortened, replaying.isEmpty ? .safe : .risky, node, words,
            affected: parties(replaying, context), before: before.span, after: after.span)
    }

    private func partitions(_ old: Channel, _ new: Channel, _ context: DiffContext) -> CatalogChange? {
        guard let before = old.partitions, let after = new.partitions, before != after else { return nil }
        // Keys move to other partitions: what was under way is overtaken.
        let needing = subscriptions(to: new, context).filter { $0.of.needs.ordering?.value == true }
        let hit = parties(needing, context)
        return CatalogChange(
            .partitionsChanged, hit.isEmpty ? .safe : .risky, CatalogNode(.channel, new.name),
            "'\(new.name)' has \(after) partitions instead of \(before)"
                + (hit.isEmpty ? "" : ": keys move, and order breaks while they do"),
            affected: hit, before: old.span, after: new.span)
    }

    private func deadLetter(_ old: Channel, _ new: Channel, _ context: DiffContext) -> CatalogChange? {
        guard old.deadLetter?.value != new.deadLetter?.value else { return nil }
        let node = CatalogNode(.channel, new.name)
        let (from, to) = (old.deadLetter?.span ?? old.span, new.deadLetter?.span ?? new.span)
        switch (old.deadLetter, new.deadLetter) {
        case (let before?, nil):
            let isNeeded = new.system?.guarantees?.needsDeadLetter.value == true
            let hit = context.subscribers(of: new.name)
            return CatalogChange(
                .deadLetterRemoved, hit.isEmpty ? .safe : isNeeded ? .breaking : .risky, node,
                "'\(new.name)' no longer sends dead letters to '\(before.value)'"
                    + (isNeeded ? ": what cannot be handled is lost or comes back for ever" : ""),
                affected: hit, before: from, after: to)
        case (nil, let after?):
            return CatalogChange(
                .deadLetterAdded, .safe, node, "'\(new.name)' sends dead letters to '\(after.value)'", before: from,
                after: to)
        case (let before?, let after?):
            return CatalogChange(
                .deadLetterChanged, .risky, node,
                "'\(new.name)' sends dead letters to '\(after.value)' instead of '\(before.value)'", before: from,
                after: to)
        case (nil, nil): return nil
        }
    }
}
