import CatalogModel

/// Synchronous calls, by caller, called service and operation.
struct CallChanges: ChangeDetector {
    func changes(_ context: DiffContext) -> [CatalogChange] {
        context.ofEachService { name, old, new in
            let pairs = context.pairs(old?.calls ?? [], new?.calls ?? []) {
                "\($0.service.value)\u{0}\($0.operation ?? "")"
            }
            var changes = pairs.added.map { added($0, by: name, old, context) }
            changes += pairs.removed.map { call in
                CatalogChange(
                    .callRemoved, .safe, CatalogNode(.service, name), "'\(name)' no longer calls \(Self.callee(call))",
                    before: call.service.span, after: new?.span)
            }
            for (before, after) in pairs.both { changes += changed(name, before, after, context) }
            return changes
        }
    }

    private static func callee(_ call: Call) -> String {
        "'\(call.service.value)'" + (call.operation.map { " (\($0))" } ?? "")
    }

    /// A caller that was there before, and now fails when the other does, has a new risk.
    private func added(_ call: Call, by name: String, _ caller: Service?, _ context: DiffContext) -> CatalogChange {
        let isNew = caller == nil || caller?.calls.contains { $0.service.value == call.service.value } == true
        let isSoft =
            call.needs?.value == "deferred" || call.onFailure == "fallback" || call.onFailure == "circuit-breaker"
        let isRisky = !isNew && !isSoft
        return CatalogChange(
            .callAdded, isRisky ? .risky : .safe, CatalogNode(.service, name),
            "'\(name)' calls \(Self.callee(call))"
                + (isRisky ? ": it now fails when '\(call.service.value)' does" : ""),
            affected: isRisky ? [context.party(name, .caller), context.party(call.service.value, .callee)] : [],
            before: caller?.span, after: call.service.span)
    }

    private func changed(_ name: String, _ old: Call, _ new: Call, _ context: DiffContext) -> [CatalogChange] {
        let node = CatalogNode(.service, name)
        let callee = Self.callee(new)
        let (from, to) = (old.service.span, new.service.span)
        let caller = context.party(name, .caller)
        let called = context.party(new.service.value, .callee)
        var changes: [CatalogChange] = []
        if old.protocol?.value != new.protocol?.value, let before = old.protocol, let after = new.protocol {
            changes.append(
                CatalogChange(
                    .protocolChanged, .breaking, node,
                    "'\(name)' calls \(callee) by \(after.value) instead of \(before.value)",
                    affected: [called, caller],
                    before: before.span, after: after.span))
        }
        if let after = new.timeout, old.timeout.map({ after < $0 }) ?? false {
            changes.append(
                CatalogChange(
                    .timeoutShortened, .risky, node,
                    "'\(name)' waits for \(callee) \(after.catalogText) instead of \(words(old.timeout))",
                    affected: [called, caller], before: from, after: to))
        }
        let soft: Set<String?> = ["fallback", "circuit-breaker"]
        let isHarder = soft.contains(old.onFailure) && !soft.contains(new.onFailure)
        if isHarder || old.needs?.value == "deferred" && new.needs?.value != "deferred" {
            let hit = [caller] + context.callers(of: name)
            changes.append(
                CatalogChange(
                    .failurePolicyWeakened, .risky, node,
                    isHarder
                        ? "'\(name)' fails when \(callee) does; it had a \(old.onFailure ?? "fallback")"
                        : "'\(name)' needs the answer of \(callee) at once; it was deferred", affected: hit,
                    before: from, after: to))
        }
        var keys: [String] = []
        if old.purpose != new.purpose { keys.append("purpose") }
        if old.retries != new.retries { keys.append("retries") }
        if old.batching != new.batching { keys.append("batching") }
        if old.onFailure != new.onFailure, !isHarder { keys.append("on-failure") }
        if old.protocol?.value != new.protocol?.value, old.protocol == nil || new.protocol == nil {
            keys.append("protocol")
        }
        if old.timeout != new.timeout, changes.allSatisfy({ $0.kind != .timeoutShortened }) { keys.append("timeout") }
        if old.needs?.value != new.needs?.value, changes.allSatisfy({ $0.kind != .failurePolicyWeakened }) {
            keys.append("needs")
        }
        if !keys.isEmpty {
            changes.append(
                CatalogChange(
                    .callChanged, .safe, node, "'\(name)' calls \(callee) with another \(listed(keys))", before: from,
                    after: to))
        }
        return changes
    }
}
