import CatalogModel

/// Services that come, go, or say something else about themselves. Their edges are looked at apart.
struct ServiceChanges: ChangeDetector {
    func changes(_ context: DiffContext) -> [CatalogChange] {
        let pairs = context.pairs(context.old.services, context.new.services) { $0.name }
        var changes = pairs.added.map {
            CatalogChange(
                .serviceAdded, .safe, CatalogNode(.service, $0.name), "service '\($0.name)' is new", after: $0.span)
        }
        changes += pairs.removed.map { removed($0, context) }
        for (old, new) in pairs.both { changes += changed(old, new, context) }
        return changes
    }

    private func removed(_ service: Service, _ context: DiffContext) -> CatalogChange {
        let callers = context.callers(of: service.name)
        let verb = Set(callers.map(\.service)).count == 1 ? "calls" : "call"
        let suffix = callers.isEmpty ? "" : ", and \(named(callers)) still \(verb) it"
        return CatalogChange(
            .serviceRemoved, callers.isEmpty ? .safe : .breaking, CatalogNode(.service, service.name),
            "service '\(service.name)' is gone\(suffix)", affected: callers, before: service.span)
    }

    private func changed(_ old: Service, _ new: Service, _ context: DiffContext) -> [CatalogChange] {
        let node = CatalogNode(.service, new.name)
        var changes: [CatalogChange] = []
        if let before = context.renames.services.first(where: { $0.value == new.name })?.key {
            let callers = context.callers(of: new.name)
            changes.append(
                CatalogChange(
                    .serviceRenamed, callers.isEmpty ? .safe : .risky, node,
                    "service '\(before)' is now called '\(new.name)'", affected: callers, before: old.span,
                    after: new.span))
        }
        var keys = old.documentation.changedKeys(to: new.documentation)
        if old.kind != new.kind { keys.append("kind") }
        if old.telemetryNames.map(\.value) != new.telemetryNames.map(\.value) { keys.append("telemetry-names") }
        if old.replicas != new.replicas { keys.append("replicas") }
        if old.discovery != new.discovery { keys.append("discovery") }
        guard !keys.isEmpty else { return changes }
        let callers = old.discovery != new.discovery ? context.callers(of: new.name) : []
        changes.append(
            CatalogChange(
                .serviceChanged, callers.isEmpty ? .safe : .risky, node,
                "service '\(new.name)' has another \(listed(keys))", affected: callers, before: old.span,
                after: new.span))
        return changes
    }
}
