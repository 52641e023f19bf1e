import OTLPCoding

/// What ties a consumer to a message.
enum DeliveryTarget: Equatable {
    case published(unit: Int, evidence: JoinEvidence)
    /// The publisher is unknown; consumers with the same key handle the same message.
    case unpublished(JoinKey)
}

extension Joiner {
    /// The messages that a consumer span handles: by link, by parent, by the parent's own evidence (a `process` inside
    /// a `receive`), by message id, by correlation ID, in this order; the first that finds a publisher decides. A span
    /// with several links is a batch: each link is a message, found or not. Empty for a receive that shows no message,
    /// and for a receive inside a receive, which is a layer of it.
    func targets(of index: Int) -> [DeliveryTarget] {
        let fact = facts[index]
        let links = links(of: fact)
        let referred = targetsByReference(of: fact)
        if !referred.isEmpty {
            guard links.count > 1 else { return referred }
            let missing = links.filter { self.fact(of: $0) == nil }
            return unique(referred + missing.map { .unpublished(JoinKey($0)) })
        }
        if let parent = self.fact(of: fact.parentKey), parent != index, facts[parent].role.consumes,
            facts[parent].service == fact.service
        {
            if fact.role == .receive, facts[parent].role == .receive { return [] }
            let inherited = unique(targetsByReference(of: facts[parent]))
            if inherited.count == 1 { return inherited }
        }
        if let target = targetByKey(of: fact) { return [target] }
        if !links.isEmpty { return unique(links.map { .unpublished(JoinKey($0)) }) }
        if let (_, key) = keys(of: fact).first(where: { $0.evidence != .correlationID && !isCrowded($0.key) }) {
            return [.unpublished(key)]
        }
        return fact.role == .process || fact.carriesMessage ? [.unpublished(JoinKey(fact.key))] : []
    }

    private func targetsByReference(of fact: Fact) -> [DeliveryTarget] {
        let linked = links(of: fact).compactMap { target(at: $0, for: fact, evidence: .link) }
        guard linked.isEmpty else { return linked }
        return target(at: fact.parentKey, for: fact, evidence: .parent).map { [$0] } ?? []
    }

    /// A reply that lands in a temporary inbox is no delivery of the request that carried the context.
    private func target(at key: SpanKey, for fact: Fact, evidence: JoinEvidence) -> DeliveryTarget? {
        guard let producer = self.fact(of: key), facts[producer].role == .publish,
            !fact.isTemporary || facts[producer].isTemporary
        else { return nil }
        return .published(unit: facts[producer].unit, evidence: evidence)
    }

    /// A message id may have been published twice: the first publish is the one. A correlation ID decides only where a
    /// single publish carries it on the channel. What very many publishes carry (a tenant's id) decides nothing.
    private func targetByKey(of fact: Fact) -> DeliveryTarget? {
        for (evidence, key) in keys(of: fact) {
            guard !isCrowded(key) else { continue }
            let producers = producers(under: key)
            guard !producers.isEmpty else { continue }
            if evidence == .correlationID, Set(producers.map { facts[$0].unit }).count > 1 { continue }
            let first = producers.min { (facts[$0].start, facts[$0].key) < (facts[$1].start, facts[$1].key) }!
            return .published(unit: facts[first].unit, evidence: evidence)
        }
        return nil
    }

    /// Each unit once, by its strongest evidence, in a stable order.
    private func unique(_ targets: [DeliveryTarget]) -> [DeliveryTarget] {
        guard targets.count > 1 else { return targets }
        var seen: Set<Int> = []
        var keys: Set<JoinKey> = []
        return targets.filter {
            switch $0 {
            case .published(let unit, _): seen.insert(unit).inserted
            case .unpublished(let key): keys.insert(key).inserted
            }
        }
    }
}
