import CatalogModel

/// Flows that come and go, and steps that they gain and lose.
struct FlowChanges: ChangeDetector {
    func changes(_ context: DiffContext) -> [CatalogChange] {
        let pairs = context.pairs(context.old.flows, context.new.flows) { $0.name }
        func node(_ flow: Flow) -> CatalogNode { CatalogNode(.flow, flow.name) }
        var changes = pairs.added.map {
            CatalogChange(.flowAdded, .safe, node($0), "flow '\($0.name)' is new", after: $0.span)
        }
        changes += pairs.removed.map {
            CatalogChange(.flowRemoved, .safe, node($0), "flow '\($0.name)' is gone", before: $0.span)
        }
        for (old, new) in pairs.both { changes += changed(old, new, context) }
        return changes
    }

    private static func sentence(_ step: Flow.Step) -> String {
        "\(step.service.value) \(step.action.rawValue) \(step.target.value)"
    }

    private func changed(_ old: Flow, _ new: Flow, _ context: DiffContext) -> [CatalogChange] {
        let node = CatalogNode(.flow, new.name)
        let pairs = context.pairs(old.steps, new.steps, by: Self.sentence)
        var changes: [CatalogChange] = []
        for step in pairs.added where step.action == .calls {
            let risk: CatalogChange.Impact = step.isOptional ? .safe : .risky
            changes.append(
                CatalogChange(
                    .flowCallAdded, risk, node,
                    "flow '\(new.name)' gains the call '\(Self.sentence(step))'"
                        + (risk == .risky ? ": it stops when '\(step.target.value)' does" : ""),
                    affected: risk == .risky
                        ? [context.party(step.service.value, .caller), context.party(step.target.value, .callee)] : [],
                    before: old.span, after: step.span))
        }
        for step in pairs.removed where step.action == .calls {
            changes.append(
                CatalogChange(
                    .flowCallRemoved, .risky, node, "flow '\(new.name)' loses the call '\(Self.sentence(step))'",
                    affected: [context.party(step.target.value, .callee)], before: step.span, after: new.span))
        }
        var parts: [String] = []
        let added = pairs.added.filter { $0.action != .calls }
        let removed = pairs.removed.filter { $0.action != .calls }
        parts += added.map { "the new step '\(Self.sentence($0))'" }
        parts += removed.map { "no step '\(Self.sentence($0))'" }
        if pairs.added.isEmpty, pairs.removed.isEmpty, old.steps.map(Self.sentence) != new.steps.map(Self.sentence) {
            parts.append("its steps in another order")
        }
        if old.style?.value != new.style?.value { parts.append("another style") }
        if old.orchestrator?.value != new.orchestrator?.value { parts.append("another orchestrator") }
        if old.compensates != new.compensates { parts.append("another 'compensates'") }
        parts += old.documentation.changedKeys(to: new.documentation).map { "another \($0)" }
        guard !parts.isEmpty else { return changes }
        let place = added.first?.span ?? new.span
        changes.append(
            CatalogChange(
                .flowChanged, .safe, node, "flow '\(new.name)' has \(listed(parts))",
                before: removed.first?.span ?? old.span, after: place))
        return changes
    }
}
