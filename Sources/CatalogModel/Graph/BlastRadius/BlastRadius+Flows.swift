extension BlastRadius {
    /// What becomes of a flow: each step that is affected, up to the one at which it stops; nil where none is.
    ///
    /// It stops where what stops takes part itself. A step before that one, which fails only because of it, begins all
    /// the same; it counts where no other step stops.
    func flowImpact(on flow: Flow, _ walk: BlastWalk, _ graph: CatalogGraph) -> FlowImpact? {
        let sight = StepSight(radius: self, stopped: walk.stopped, graph: graph)
        let isOrigin = origin == CatalogNode(.flow, flow.name)
        let direct = flow.steps.enumerated().compactMap { index, step in
            impact(index, step, isOrigin ? (.fails, "the flow stops") : sight.direct(step))
        }
        var steps = upToStop(direct)
        if steps.last.map({ $0.effect < .waits }) != true {
            steps = upToStop(
                flow.steps.enumerated().compactMap { index, step in
                    impact(index, step, sight.direct(step) ?? sight.indirect(step))
                })
        }
        guard let worst = steps.map(\.effect).min() else { return nil }
        return FlowImpact(flow: flow.name, effect: worst, steps: steps)
    }

    private func impact(_ index: Int, _ step: Flow.Step, _ outcome: StepSight.Outcome?) -> StepImpact? {
        guard var outcome else { return nil }
        if step.isOptional, outcome.effect < .degrades {
            outcome = (.degrades, outcome.reason + "; the step is optional")
        }
        return StepImpact(number: index + 1, step: step, effect: outcome.effect, reason: outcome.reason)
    }

    private func upToStop(_ steps: [StepImpact]) -> [StepImpact] {
        guard let stop = steps.firstIndex(where: { $0.effect < .waits }) else { return steps }
        return Array(steps[...stop])
    }
}

/// Looks at single steps with what the walk has found.
private struct StepSight {
    let graph: CatalogGraph
    let stopped: Set<String>
    private let origin: CatalogNode
    private let failing: [String: BlastRadius.Effect]
    private let waiting: [String: BlastRadius.Effect]

    typealias Outcome = (effect: BlastRadius.Effect, reason: String)

    init(radius: BlastRadius, stopped: Set<String>, graph: CatalogGraph) {
        self.graph = graph
        self.stopped = stopped
        origin = radius.origin
        failing = Dictionary(radius.failing.map { ($0.service, $0.effect) }, uniquingKeysWith: min)
        waiting = Dictionary(radius.waiting.map { ($0.service, $0.effect) }, uniquingKeysWith: min)
    }

    /// What becomes of a step in which what stops takes part.
    func direct(_ step: Flow.Step) -> Outcome? {
        let service = step.service.value
        let isDown = origin == CatalogNode(.service, service)
        switch step.action {
        case .calls:
            if isDown { return (.fails, "'\(service)' stops") }
            return origin == CatalogNode(.service, step.target.value) ? answer(to: service, from: origin.name) : nil
        case .publishes:
            if isDown { return (.fails, "'\(service)' stops") }
            return stopped.contains(step.target.value) ? publishing(service, to: step.target.value) : nil
        case .handles:
            if isDown { return handling(service, step.target.value, "'\(service)' stops") }
            guard stopped.contains(step.target.value) else { return nil }
            return graph.channel(step.target.value)?.loss == nil
                ? (.waits, "'\(step.target.value)' stops") : (.loses, "'\(step.target.value)' stops; messages are lost")
        }
    }

    /// What becomes of a step whose services are affected.
    func indirect(_ step: Flow.Step) -> Outcome? {
        let service = step.service.value
        if let effect = failing[service], effect.spreads {
            guard step.action == .handles else { return (effect, "'\(service)' \(effect.words)") }
            return handling(service, step.target.value, "'\(service)' cannot do its work")
        }
        if step.action == .calls, let answer = answer(to: service, from: step.target.value) { return answer }
        return waiting[service].map { ($0, "'\(service)' \($0 == .loses ? "loses messages" : "waits for messages")") }
    }

    /// What the calls from one service to another come to: the worst of them, since a step names no operation.
    private func answer(to caller: String, from callee: String) -> Outcome? {
        let isDown = origin == CatalogNode(.service, callee)
        guard isDown || failing[callee]?.spreads == true else { return nil }
        let calls = graph.service(caller)?.calls.filter { $0.service.value == callee } ?? []
        guard let effect = calls.map(\.effectOfFailure).min() else { return nil }
        let reason = isDown ? "'\(callee)' does not answer" : "'\(callee)' answers with errors"
        return (effect, effect.spreads ? reason : "\(reason): '\(caller)' \(effect.words)")
    }

    private func publishing(_ service: String, to channel: String) -> Outcome {
        let publications = graph.service(service)?.publishes.filter { $0.channel.value == channel } ?? []
        if publications.contains(where: { $0.outbox == true }) {
            return (.waits, "'\(channel)' stops; the outbox of '\(service)' keeps the messages")
        }
        if graph.channel(channel)?.loss != nil {
            return (.loses, "'\(channel)' stops; messages are lost")
        }
        return (.fails, "'\(channel)' stops, and '\(service)' has no outbox")
    }

    /// A subscriber that handles nothing: the messages are kept, or lost.
    private func handling(_ service: String, _ channel: String, _ who: String) -> Outcome {
        let handled = Set(graph.reached(from: channel))
        let channels = graph.service(service)?.subscribes.map(\.channel.value).filter(handled.contains) ?? []
        for name in channels {
            if let loss = graph.channel(name)?.loss { return (.loses, "\(who), and '\(name)' \(loss.words)") }
        }
        return (.waits, "\(who); '\(channels.first ?? channel)' keeps the messages")
    }
}
